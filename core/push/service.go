package push

import (
	"context"
	"crypto/sha256"
	"crypto/tls"
	"encoding/base64"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"time"

	webpush "github.com/SherClockHolmes/webpush-go"

	"github.com/preau-ent/preau/core/host/egress"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
)

const (
	patience = 15 * time.Second
	keeps    = 24 * time.Hour // that a push service holds a message for a browser that is off
	longest  = 300            // characters of a body
)

// Config is what a service needs; what has no "may" must be there.
type Config struct {
	Engine  store.Engine
	Contact string // may be empty: whom push services write to, an e-mail or an https address
	Now     func() time.Time

	Inside []string    // may be empty: host:port of push services of the internal network
	TLS    *tls.Config // may be nil: the system's authorities
}

// Service keeps subscriptions and sends messages. Make one with [New].
type Service struct {
	cfg  Config
	pair pair
	http *http.Client
}

// New returns a service; its VAPID pair is in the store, made when missing.
func New(ctx context.Context, cfg Config) (*Service, error) {
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	if cfg.Contact == "" {
		cfg.Contact = "https://preau.invalid"
	}
	p, err := openPair(ctx, cfg.Engine)
	if err != nil {
		return nil, err
	}
	s := &Service{cfg: cfg, pair: p}
	s.http = &http.Client{
		Timeout:       patience,
		Transport:     &http.Transport{DialContext: s.dial, TLSClientConfig: cfg.TLS, Proxy: nil, MaxIdleConnsPerHost: 4, IdleConnTimeout: time.Minute, ForceAttemptHTTP2: true},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	return s, nil
}

// Close lets go of connections.
func (s *Service) Close() { s.http.CloseIdleConnections() }

// Key is the public key that a browser subscribes with, in base64 for addresses.
func (s *Service) Key() string { return s.pair.Public }

// allowed refuses at once what would be refused when it is dialled: an address
// of the internal network, a port that no push service has.
func (s *Service) allowed(u *url.URL) bool {
	port := u.Port()
	if port == "" {
		port = "443"
	}
	if slices.Contains(s.cfg.Inside, net.JoinHostPort(u.Hostname(), port)) {
		return true
	}
	if a, err := netip.ParseAddr(u.Hostname()); err == nil {
		return port == "443" && egress.Public(a.Unmap())
	}
	return port == "443"
}

// dial resolves a host once and dials only addresses of the open network.
func (s *Service) dial(ctx context.Context, network, hostport string) (net.Conn, error) {
	host, port, err := net.SplitHostPort(hostport)
	if err != nil {
		return nil, errors.Internal(err)
	}
	found, err := net.DefaultResolver.LookupNetIP(ctx, "ip", host)
	if err != nil || len(found) == 0 {
		return nil, errors.Wrap(err, errors.Unavailable, "push.away")
	}
	inside := slices.Contains(s.cfg.Inside, hostport)
	for i, a := range found {
		if found[i] = a.Unmap(); !inside && !egress.Public(found[i]) {
			return nil, errors.New(errors.Denied, "push.inside")
		}
	}
	for _, a := range found {
		var c net.Conn
		if c, err = (&net.Dialer{}).DialContext(ctx, network, net.JoinHostPort(a.String(), port)); err == nil {
			return c, nil
		}
	}
	return nil, errors.Wrap(err, errors.Unavailable, "push.away")
}

// Send reaches every browser of a person. NotFound when there is none,
// Unavailable when none could be reached now; a browser that its maker no longer
// knows is forgotten.
func (s *Service) Send(ctx context.Context, person ids.PersonID, m Message) error {
	all, err := s.of(ctx, person)
	if err != nil {
		return err
	}
	m.Title, m.Body = cut(m.Title, 100), cut(m.Body, longest)
	body, err := json.Marshal(m)
	if err != nil {
		return errors.Internal(err)
	}
	var failed error = errors.New(errors.NotFound, "push.nobody")
	reached := false
	for _, k := range all {
		err := s.one(ctx, k, m, body)
		switch {
		case err == nil:
			reached = true
		case errors.KindOf(err) == errors.NotFound:
			err = s.Unsubscribe(ctx, person, k.Endpoint)
			if err != nil {
				return err
			}
		default:
			failed = err
		}
	}
	if reached {
		return nil
	}
	return failed
}

func (s *Service) one(ctx context.Context, k *kept, m Message, body []byte) error {
	urgency := webpush.UrgencyNormal
	if m.Urgent {
		urgency = webpush.UrgencyHigh
	}
	answer, err := webpush.SendNotificationWithContext(ctx, body,
		&webpush.Subscription{Endpoint: k.Endpoint, Keys: webpush.Keys{P256dh: k.Keys.P256dh, Auth: k.Keys.Auth}},
		&webpush.Options{HTTPClient: s.http, Subscriber: s.cfg.Contact, Topic: topic(m.Tag), TTL: int(keeps.Seconds()), Urgency: urgency,
			RecordSize: uint32(len(body)/256+1)*256 + 128, VAPIDPublicKey: s.pair.Public, VAPIDPrivateKey: s.pair.Private})
	if err != nil {
		if errors.KindOf(err) == errors.Denied {
			return errors.New(errors.NotFound, "push.inside") // such a subscription is not kept
		}
		return errors.Wrap(err, errors.Unavailable, "push.away")
	}
	defer answer.Body.Close()
	_, _ = io.Copy(io.Discard, io.LimitReader(answer.Body, 64<<10))
	switch c := answer.StatusCode; {
	case c >= 200 && c < 300:
		return nil
	case c == http.StatusNotFound || c == http.StatusGone:
		return errors.New(errors.NotFound, "push.gone")
	case c == http.StatusTooManyRequests || c >= 500:
		return errors.New(errors.Unavailable, "push.away")
	default:
		return errors.New(errors.Invalid, "push.refused")
	}
}

// topic names a tag within the 32 characters that RFC 8030 allows.
func topic(tag string) string {
	if tag == "" {
		return ""
	}
	sum := sha256.Sum256([]byte(tag))
	return base64.RawURLEncoding.EncodeToString(sum[:24])
}

func cut(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n-1]) + "…"
	}
	return s
}
