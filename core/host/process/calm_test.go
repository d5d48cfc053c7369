package process

import (
	"bufio"
	"io"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// TestCalm: who writes little is heard in full; of a flood the beginning is
// read, the rest is counted, and what comes after it is read again.
func TestCalm(t *testing.T) {
	const line = "0123456789012345678901234567890123456789012345678901234567890123456789\n"
	for _, c := range []struct {
		name          string
		lines         int
		pause         time.Duration // after each line
		least, most   int           // lines heard
		everyLineHere bool
	}{
		{"little", 1000, 10 * time.Millisecond, 1000, 1000, true},
		{"a burst", 2000, 0, 2000, 2000, true},
		{"a flood", 500_000, 0, 3000, 20_000, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				listened := make(chan int)
				out, in := io.Pipe()
				go func() {
					w := bufio.NewWriterSize(in, 32<<10)
					for range c.lines {
						io.WriteString(w, line)
						if c.pause > 0 {
							w.Flush()
							time.Sleep(c.pause)
						}
					}
					w.Flush()
					time.Sleep(time.Minute)
					io.WriteString(in, "afterwards\n")
					in.Close()
				}()
				dropped := 0
				go func() {
					heard, last := 0, ""
					scanner := bufio.NewScanner(bufio.NewReaderSize(newCalm(out, func(n int) { dropped += n }), 64<<10)) // as go-plugin does
					for scanner.Scan() {
						heard, last = heard+1, scanner.Text()
					}
					if scanner.Err() != nil || !strings.HasSuffix(last, "afterwards") {
						t.Errorf("the last line is %q (%v)", last, scanner.Err())
					}
					listened <- heard
				}()
				ours := <-listened - 1
				if ours < c.least || ours > c.most || c.everyLineHere == (dropped > 0) {
					t.Errorf("%d lines heard, %d dropped", ours, dropped)
				}
				if all := ours + dropped; all < c.lines-2 || all > c.lines+c.lines/1000+2 {
					t.Errorf("%d lines heard and %d dropped of %d", ours, dropped, c.lines)
				}
			})
		})
	}
}
