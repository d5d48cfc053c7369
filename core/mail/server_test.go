package mail

import (
	"bufio"
	"fmt"
	"net"
	"net/mail"
	"strings"
	"sync"
	"testing"
)

// server is a small mail server (RFC 5321) that keeps what really came.
type server struct {
	listener net.Listener
	mu       sync.Mutex
	came     []envelope
	refuse   map[string]string // command → answer
	open     sync.WaitGroup
}

type envelope struct {
	from string
	to   []string
	data string
}

func newServer(t *testing.T) *server {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &server{listener: l, refuse: map[string]string{}}
	s.open.Go(func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			s.open.Go(func() { defer c.Close(); s.talk(c) })
		}
	})
	t.Cleanup(func() { l.Close(); s.open.Wait() })
	return s
}

func (s *server) address() string { return "smtp://" + s.listener.Addr().String() }

func (s *server) talk(c net.Conn) {
	in := bufio.NewReader(c)
	say := func(line string) { fmt.Fprint(c, line+"\r\n") }
	say("220 test ready")
	var e envelope
	for {
		line, err := in.ReadString('\n')
		if err != nil {
			return
		}
		verb, rest, _ := strings.Cut(strings.TrimRight(line, "\r\n"), " ")
		verb = strings.ToUpper(verb)
		s.mu.Lock()
		no := s.refuse[verb]
		s.mu.Unlock()
		switch {
		case no != "":
			say(no)
		case verb == "EHLO":
			say("250-test")
			say("250 8BITMIME")
		case verb == "MAIL":
			e = envelope{from: rest}
			say("250 ok")
		case verb == "RCPT":
			e.to = append(e.to, rest)
			say("250 ok")
		case verb == "DATA":
			say("354 go on")
			var b strings.Builder
			for {
				line, err := in.ReadString('\n')
				if err != nil {
					return
				}
				if line == ".\r\n" {
					break
				}
				b.WriteString(strings.TrimPrefix(line, "."))
			}
			e.data = b.String()
			s.mu.Lock()
			s.came = append(s.came, e)
			s.mu.Unlock()
			say("250 taken")
		case verb == "QUIT":
			say("221 bye")
			return
		default:
			say("250 ok")
		}
	}
}

// last is the last mail that came, read as a mail program does.
func (s *server) last(t *testing.T) (envelope, *mail.Message) {
	t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.came) == 0 {
		t.Fatal("no mail came")
	}
	e := s.came[len(s.came)-1]
	m, err := mail.ReadMessage(strings.NewReader(e.data))
	if err != nil {
		t.Fatalf("%v in\n%s", err, e.data)
	}
	return e, m
}
