package bolt_test

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/preau-ent/preau/sdk/store"
)

// writerFolder tells the test binary to be the writer of TestKill.
const writerFolder = "PREAU_TEST_WRITER"

// TestKill kills a writing process again and again: what it had acknowledged is
// there, each time, with its event.
func TestKill(t *testing.T) {
	const rounds = 25
	dir, acknowledged := t.TempDir(), []string{}
	for round := range rounds {
		acknowledged = append(acknowledged, writeAndKill(t, dir, round)...)
		e := openIn(t, dir)
		s, err := e.Open(t.Context(), "0750001A")
		if err != nil {
			t.Fatalf("round %d: %v", round, err)
		}
		events, err := s.Pending(t.Context(), 0)
		if err != nil {
			t.Fatal(err)
		}
		emitted := map[string]bool{}
		for _, e := range events {
			emitted[strings.Trim(string(e.Payload), `"`)] = true
		}
		err = s.View(t.Context(), func(tx store.Tx) error {
			for _, key := range acknowledged {
				if _, ok, err := tx.Get([]byte(key)); !ok || err != nil || !emitted[key] {
					return fmt.Errorf("round %d lost %s: there %v, its event %v, %v", round, key, ok, emitted[key], err)
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if err := e.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if len(acknowledged) < rounds {
		t.Errorf("only %d writes were acknowledged in %d rounds: nothing was tested", len(acknowledged), rounds)
	}
}

// writeAndKill runs a writer, kills it some time after its first words and
// returns the keys that it said to be written.
func writeAndKill(t *testing.T, dir string, round int) (keys []string) {
	writer := exec.Command(os.Args[0])
	writer.Env = append(os.Environ(), writerFolder+"="+dir, fmt.Sprint("PREAU_TEST_ROUND=", round))
	writer.Stderr = os.Stderr
	out, err := writer.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := writer.Start(); err != nil {
		t.Fatal(err)
	}
	after := rand.IntN(60)
	time.AfterFunc(time.Duration(rand.IntN(150))*time.Millisecond, func() { _ = writer.Process.Kill() })
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if keys = append(keys, lines.Text()); len(keys) == after {
			_ = writer.Process.Kill() // what is in the pipe was still said
		}
	}
	if err := writer.Wait(); err == nil || err.Error() != "signal: killed" {
		t.Fatalf("the writer ended by itself: %v", err)
	}
	return keys
}

// write is the writer: four at a time write and say so, until killed. It also
// deletes and rewrites a few large values, so that pages move.
func write(dir string) error {
	ctx, round := context.Background(), os.Getenv("PREAU_TEST_ROUND")
	e, s := store.Engine(nil), store.Space(nil)
	err := error(nil)
	if e, err = openEngine(dir); err != nil {
		return err
	}
	if s, err = e.Open(ctx, "0750001A"); err != nil {
		return err
	}
	failed := make(chan error)
	for w := range 4 {
		go func() {
			for i := 0; ; i++ {
				key, junk := fmt.Sprintf("%s.%d.%d", round, w, i), fmt.Appendf(nil, "junk%d", i%5)
				if err := s.Update(ctx, func(tx store.Tx) error {
					err := tx.Put([]byte(key), nil)
					if err == nil && i%2 == 0 {
						err = tx.Put(junk, make([]byte, 20_000))
					} else if err == nil {
						err = tx.Delete(junk)
					}
					if err == nil {
						err = tx.Emit("x.y", key)
					}
					return err
				}); err != nil {
					failed <- err
				}
				fmt.Println(key) // one write call: whole or not at all
			}
		}()
	}
	return <-failed
}
