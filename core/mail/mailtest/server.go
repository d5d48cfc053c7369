package mailtest

import (
	"bufio"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net"
	"net/mail"
	"slices"
	"strings"
	"sync"
	"testing"
)

// Server is a small mail server (RFC 5321) that keeps what really came.
type Server struct {
	listener net.Listener
	mu       sync.Mutex
	came     []Envelope
	refuse   map[string]string // command → answer
	open     sync.WaitGroup
}

// Envelope is a mail as it came.
type Envelope struct {
	From string   // what MAIL said
	To   []string // what each RCPT said
	Data string
}

// New starts a server that ends with the test.
func New(t testing.TB) *Server {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &Server{listener: l, refuse: map[string]string{}}
	s.open.Go(func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			s.open.Go(func() { defer c.Close(); s.talk(c) })
		}
	})
	t.Cleanup(func() { s.Close(); s.open.Wait() })
	return s
}

// Address is where it listens, as mail.Config says it.
func (s *Server) Address() string { return "smtp://" + s.listener.Addr().String() }

// Close ends it: nobody is there any more.
func (s *Server) Close() { s.listener.Close() }

// Refuse has a command answered so from now on; "" takes it again.
func (s *Server) Refuse(command, answer string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.refuse[command] = answer
}

func (s *Server) talk(c net.Conn) {
	in := bufio.NewReader(c)
	say := func(line string) { fmt.Fprint(c, line+"\r\n") }
	say("220 test ready")
	var e Envelope
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
			e = Envelope{From: rest}
			say("250 ok")
		case verb == "RCPT":
			e.To = append(e.To, rest)
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
			e.Data = b.String()
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

// Came returns all that came, the first first.
func (s *Server) Came() []Envelope {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.came)
}

// Last is the last mail that came, and as a mail program reads it.
func (s *Server) Last(t testing.TB) (Envelope, *mail.Message) {
	t.Helper()
	all := s.Came()
	if len(all) == 0 {
		t.Fatal("no mail came")
	}
	e := all[len(all)-1]
	m, err := mail.ReadMessage(strings.NewReader(e.Data))
	if err != nil {
		t.Fatalf("%v in\n%s", err, e.Data)
	}
	return e, m
}

// Parts are the texts of a mail by their type: "text/plain", "text/html".
func Parts(t testing.TB, m *mail.Message) map[string]string {
	t.Helper()
	kind, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil || kind != "multipart/alternative" {
		t.Fatalf("%s %v", kind, err)
	}
	out := map[string]string{}
	for r := multipart.NewReader(m.Body, params["boundary"]); ; {
		p, err := r.NextRawPart()
		if err == io.EOF {
			return out
		}
		if err != nil {
			t.Fatal(err)
		}
		kind, params, _ := mime.ParseMediaType(p.Header.Get("Content-Type"))
		if !strings.EqualFold(params["charset"], "utf-8") || p.Header.Get("Content-Transfer-Encoding") != "quoted-printable" {
			t.Errorf("%v", p.Header)
		}
		b, err := io.ReadAll(quotedprintable.NewReader(p))
		if err != nil {
			t.Fatal(err)
		}
		out[kind] = strings.ReplaceAll(string(b), "\r\n", "\n")
	}
}
