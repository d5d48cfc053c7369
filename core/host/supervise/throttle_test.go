package supervise

import (
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

func TestThrottle(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		lines := NewLines(10_000)
		way := NewThrottle(lines)
		for i := range 1000 {
			way.Add("info", fmt.Sprint(i))
		}
		if n := len(lines.Last(0)); n != mostLines {
			t.Errorf("%d lines of a flood were kept", n)
		}
		time.Sleep(1500 * time.Millisecond) // never at the instant at which it is told
		synctest.Wait()
		all := lines.Last(0)
		if last := all[len(all)-1]; len(all) != mostLines+1 || last.Level != "warn" || !strings.Contains(last.Text, "900 lines dropped") {
			t.Errorf("%d lines, the last %+v", len(all), last)
		}
		for range 10 { // a flood that goes on: a hundred lines and one a second
			for range 1000 {
				way.Add("info", "more")
			}
			time.Sleep(1500 * time.Millisecond)
		}
		synctest.Wait()
		if n := len(lines.Last(0)); n != 11*(mostLines+1) {
			t.Errorf("%d lines after eleven floods", n)
		}
		for range 100 { // who writes less loses nothing
			way.Add("info", "calm")
			time.Sleep(10 * time.Millisecond)
		}
		synctest.Wait()
		if n := len(lines.Last(0)); n != 11*(mostLines+1)+100 {
			t.Errorf("%d lines in the end", n)
		}
	})
}
