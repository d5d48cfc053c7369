package e2e

import (
	"bufio"
	"fmt"
	"io"
	"mime/quotedprintable"
	"net"
	"slices"
	"strings"
	"sync"
	"testing"
)

// mailbox is the smallest mail server: it takes everything and keeps it.
type mailbox struct {
	net.Listener
	mu   sync.Mutex
	came []string
	open sync.WaitGroup
}

func newMailbox(t *testing.T) *mailbox {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	m := &mailbox{Listener: l}
	m.open.Go(func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			m.open.Go(func() { defer c.Close(); m.talk(c) })
		}
	})
	t.Cleanup(func() { l.Close(); m.open.Wait() })
	return m
}

func (m *mailbox) talk(c net.Conn) {
	in := bufio.NewScanner(c)
	fmt.Fprint(c, "220 ready\r\n")
	var letter strings.Builder
	for data := false; in.Scan(); {
		line := in.Text()
		switch {
		case data && line == ".":
			data = false
			m.mu.Lock()
			m.came = append(m.came, letter.String())
			m.mu.Unlock()
			fmt.Fprint(c, "250 taken\r\n")
		case data:
			letter.WriteString(strings.TrimPrefix(line, ".") + "\n") // a first dot is doubled on its way
		case line == "DATA":
			data = true
			letter.Reset()
			fmt.Fprint(c, "354 go on\r\n")
		case line == "QUIT":
			fmt.Fprint(c, "221 bye\r\n")
			return
		default:
			fmt.Fprint(c, "250 ok\r\n")
		}
	}
}

// read returns the mails that came, as they came.
func (m *mailbox) read() []string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.Clone(m.came)
}

// plainMail undoes the encoding of a mail's parts.
func plainMail(s string) string {
	b, err := io.ReadAll(quotedprintable.NewReader(strings.NewReader(s)))
	if err != nil {
		return s
	}
	return string(b)
}

// between returns what stands between two words.
func between(t *testing.T, s, from, to string) string {
	t.Helper()
	_, rest, ok := strings.Cut(s, from)
	got, _, ended := strings.Cut(rest, to)
	if !ok || !ended {
		t.Fatalf("nothing between %q and %q in\n%s", from, to, clip(s, 2000))
	}
	return strings.ReplaceAll(strings.ReplaceAll(got, "\n", ""), " ", "")
}
