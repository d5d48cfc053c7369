package mail

import (
	"context"
	"crypto/tls"
	"net"
	"net/mail"
	"net/url"
	"strconv"
	"sync"
	"time"

	gomail "github.com/wneessen/go-mail"

	"github.com/preau-ent/preau/sdk/errors"
)

// patience is how long one letter may take to be handed over.
const patience = 30 * time.Second

// Config says through which server letters go.
type Config struct {
	// Server is smtp://[user:password@]host[:587] with STARTTLS, which only a
	// server on this machine may do without, or smtps:// with TLS from the start.
	Server string
	From   string      // the operator's address: "ent@example.fr"
	TLS    *tls.Config // may be nil: the system's authorities
	Now    func() time.Time
}

// Sender hands letters to a mail server. Make one with [New].
type Sender struct {
	from    *mail.Address
	host    string
	options []gomail.Option
	now     func() time.Time

	mu    sync.Mutex
	state State
}

// State is what became of letters since the start.
type State struct {
	Server string // host and port
	From   string
	Sent   int
	Failed int
	Last   time.Time // a letter was handed over
	Error  string    // of the last failure, empty once a letter went out again
	Since  time.Time // of Error
}

// New returns a sender; Invalid for a server or an address that is none. Nobody
// is called yet.
func New(cfg Config) (*Sender, error) {
	wrong := func(err error) error { return errors.Wrap(err, errors.Invalid, "mail.server") }
	u, err := url.Parse(cfg.Server)
	if err != nil || u.Hostname() == "" || u.Scheme != "smtp" && u.Scheme != "smtps" {
		return nil, wrong(err)
	}
	from, err := mail.ParseAddress(cfg.From)
	if err != nil {
		return nil, errors.Wrap(err, errors.Invalid, "mail.from")
	}
	s := &Sender{from: from, host: u.Hostname(), now: cfg.Now}
	if s.now == nil {
		s.now = time.Now
	}
	port := map[string]int{"smtp": gomail.DefaultPortTLS, "smtps": gomail.DefaultPortSSL}[u.Scheme]
	if u.Port() != "" {
		if port, err = strconv.Atoi(u.Port()); err != nil {
			return nil, wrong(err)
		}
	}
	s.options = []gomail.Option{gomail.WithPort(port), gomail.WithTimeout(patience)}
	switch {
	case u.Scheme == "smtps":
		s.options = append(s.options, gomail.WithSSL())
	case onThisMachine(s.host):
		s.options = append(s.options, gomail.WithTLSPolicy(gomail.TLSOpportunistic))
	default:
		s.options = append(s.options, gomail.WithTLSPolicy(gomail.TLSMandatory))
	}
	if cfg.TLS != nil {
		s.options = append(s.options, gomail.WithTLSConfig(cfg.TLS))
	}
	if name := u.User.Username(); name != "" {
		password, _ := u.User.Password()
		s.options = append(s.options, gomail.WithSMTPAuth(gomail.SMTPAuthAutoDiscover), gomail.WithUsername(name), gomail.WithPassword(password))
	}
	if _, err := gomail.NewClient(s.host, s.options...); err != nil {
		return nil, wrong(err)
	}
	s.state = State{Server: net.JoinHostPort(s.host, strconv.Itoa(port)), From: from.Address}
	return s, nil
}

// onThisMachine reports whether what is sent to a host leaves the machine.
func onThisMachine(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// State tells how letters go.
func (s *Sender) State() State {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.state
}

// Send hands a letter over. Unavailable: the server was not there or wants to be
// asked later; Invalid: it never takes this one.
func (s *Sender) Send(ctx context.Context, l *Letter) error {
	m, err := s.message(l)
	if err == nil {
		err = s.hand(ctx, m)
	}
	s.note(err)
	return err
}

func (s *Sender) hand(ctx context.Context, m *gomail.Msg) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	c, err := gomail.NewClient(s.host, s.options...)
	if err != nil {
		return errors.Wrap(err, errors.Invalid, "mail.server")
	}
	err = c.DialAndSendWithContext(ctx, m)
	if m.IsDelivered() { // what the server said when it was left is no matter
		return nil
	}
	if err == nil {
		return nil
	}
	var refused *gomail.SendError
	if errors.As(err, &refused) && !refused.IsTemp() && refused.ErrorCode() >= 500 {
		return errors.Wrap(err, errors.Invalid, "mail.refused")
	}
	return errors.Wrap(err, errors.Unavailable, "mail.away")
}

func (s *Sender) note(err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err != nil {
		s.state.Failed++
		s.state.Error, s.state.Since = err.Error(), s.now()
		return
	}
	s.state.Sent++
	s.state.Last, s.state.Error = s.now(), ""
}
