package push

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/ecdh"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"io"
	"math/big"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/store"
	"github.com/preau-ent/preau/sdk/store/bolt"
)

var b64 = base64.RawURLEncoding

// browser is one that subscribed: it alone can read what comes (RFC 8291).
type browser struct {
	key  *ecdh.PrivateKey
	auth []byte
}

func newBrowser(t *testing.T) *browser {
	t.Helper()
	key, err := ecdh.P256().GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	b := &browser{key, make([]byte, 16)}
	rand.Read(b.auth)
	return b
}

func (b *browser) subscription(endpoint string) Subscription {
	return Subscription{endpoint, Keys{b64.EncodeToString(b.key.PublicKey().Bytes()), b64.EncodeToString(b.auth)}}
}

// read decrypts a message: RFC 8188 in one record, with the keys of RFC 8291.
func (b *browser) read(t *testing.T, body []byte) []byte {
	t.Helper()
	if len(body) < 21+65+17 {
		t.Fatalf("%d bytes", len(body))
	}
	salt, size, idLen := body[:16], binary.BigEndian.Uint32(body[16:20]), int(body[20])
	id, sealed := body[21:21+idLen], body[21+idLen:]
	if len(sealed) > int(size) {
		t.Fatalf("a record of %d bytes where %d were said", len(sealed), size)
	}
	public, err := ecdh.P256().NewPublicKey(id)
	if err != nil {
		t.Fatal(err)
	}
	shared, err := b.key.ECDH(public)
	if err != nil {
		t.Fatal(err)
	}
	derive := func(secret, salt []byte, info string, n int) []byte {
		out, err := hkdf.Key(sha256.New, secret, salt, info, n)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	ikm := derive(shared, b.auth, "WebPush: info\x00"+string(b.key.PublicKey().Bytes())+string(id), 32)
	block, err := aes.NewCipher(derive(ikm, salt, "Content-Encoding: aes128gcm\x00", 16))
	if err != nil {
		t.Fatal(err)
	}
	gcm, err := cipher.NewGCM(block)
	if err != nil {
		t.Fatal(err)
	}
	plain, err := gcm.Open(nil, derive(ikm, salt, "Content-Encoding: nonce\x00", 12), sealed, nil)
	if err != nil {
		t.Fatalf("the browser cannot read it: %v", err)
	}
	plain = bytes.TrimRight(plain, "\x00")
	if len(plain) == 0 || plain[len(plain)-1] != 2 {
		t.Fatal("no end of the last record")
	}
	return plain[:len(plain)-1]
}

// maker is the push service of a browser's maker (RFC 8030).
type maker struct {
	*httptest.Server
	status int
	came   []*http.Request
	bodies [][]byte
}

func newMaker(t *testing.T) *maker {
	m := &maker{status: http.StatusCreated}
	m.Server = httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		m.came, m.bodies = append(m.came, r), append(m.bodies, body)
		if m.status == http.StatusFound {
			w.Header().Set("Location", "https://127.0.0.1:1/")
		}
		w.WriteHeader(m.status)
	}))
	t.Cleanup(m.Close)
	return m
}

func newService(t *testing.T, m *maker, inside bool) *Service {
	t.Helper()
	engine, err := bolt.Open(filepath.Join(t.TempDir(), "core"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { engine.Close() })
	return openService(t, engine, m, inside)
}

func openService(t *testing.T, engine store.Engine, m *maker, inside bool) *Service {
	t.Helper()
	cfg := Config{Engine: engine, Contact: "ent@example.fr"}
	if m != nil {
		roots := x509.NewCertPool()
		roots.AddCert(m.Certificate())
		cfg.TLS = &tls.Config{RootCAs: roots}
		if inside {
			cfg.Inside = []string{strings.TrimPrefix(m.URL, "https://")}
		}
	}
	s, err := New(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

// TestWhatABrowserReads: the message comes encrypted for it alone, signed with the
// installation's key, with what RFC 8030 asks for.
func TestWhatABrowserReads(t *testing.T) {
	m, b := newMaker(t), newBrowser(t)
	s := newService(t, m, true)
	if err := s.Subscribe(t.Context(), "anna", "Téléphone", b.subscription(m.URL+"/push/1")); err != nil {
		t.Fatal(err)
	}
	sent := Message{Title: "Léa · Collège Jules-Ferry", Body: strings.Repeat("é", 400), URL: "/e/0750655E/notifications/1", Tag: "devoirs:h1", Unread: 3}
	if err := s.Send(t.Context(), "anna", sent); err != nil {
		t.Fatal(err)
	}
	r := m.came[0]
	var got Message
	if err := json.Unmarshal(b.read(t, m.bodies[0]), &got); err != nil {
		t.Fatal(err)
	}
	if got.Title != sent.Title || got.URL != sent.URL || got.Tag != sent.Tag || got.Unread != 3 || len([]rune(got.Body)) != 300 || !strings.HasSuffix(got.Body, "…") {
		t.Errorf("%+v", got)
	}
	if bytes.Contains(m.bodies[0], []byte("Jules-Ferry")) {
		t.Error("the push service can read it")
	}
	if r.Method != "POST" || r.URL.Path != "/push/1" || r.Header.Get("Content-Encoding") != "aes128gcm" || r.Header.Get("TTL") != "86400" ||
		r.Header.Get("Urgency") != "normal" || len(r.Header.Get("Topic")) != 32 || r.Header.Get("Cookie") != "" {
		t.Errorf("%s %s %v", r.Method, r.URL, r.Header)
	}
	vapid(t, r, s.Key(), m.URL)
	if err := s.Send(t.Context(), "anna", Message{Title: "x", Urgent: true}); err != nil || m.came[1].Header.Get("Urgency") != "high" {
		t.Errorf("%v %v", err, m.came[1].Header)
	}
	other := newBrowser(t)
	if err := s.Subscribe(t.Context(), "anna", "PC", other.subscription(m.URL+"/push/2")); err != nil {
		t.Fatal(err)
	}
	if err := s.Send(t.Context(), "anna", sent); err != nil || len(m.came) != 4 {
		t.Errorf("two browsers: %d messages, %v", len(m.came), err)
	}
}

// vapid checks the signature as a push service does (RFC 8292).
func vapid(t *testing.T, r *http.Request, key, audience string) {
	t.Helper()
	fields := strings.TrimPrefix(r.Header.Get("Authorization"), "vapid ")
	token, k, ok := strings.Cut(strings.TrimPrefix(fields, "t="), ", k=")
	parts := strings.Split(token, ".")
	if !ok || k != key || len(parts) != 3 {
		t.Fatalf("authorization %q", r.Header.Get("Authorization"))
	}
	raw, _ := b64.DecodeString(key)
	public, err := ecdsa.ParseUncompressedPublicKey(elliptic.P256(), raw)
	if err != nil {
		t.Fatal(err)
	}
	sig, _ := b64.DecodeString(parts[2])
	sum := sha256.Sum256([]byte(parts[0] + "." + parts[1]))
	if len(sig) != 64 || !ecdsa.Verify(public, sum[:], new(big.Int).SetBytes(sig[:32]), new(big.Int).SetBytes(sig[32:])) {
		t.Error("the signature is not of that key")
	}
	var claims struct {
		Aud, Sub string
		Exp      int64
	}
	body, _ := b64.DecodeString(parts[1])
	if err := json.Unmarshal(body, &claims); err != nil || claims.Aud != audience || claims.Sub != "mailto:ent@example.fr" || time.Until(time.Unix(claims.Exp, 0)) > 24*time.Hour {
		t.Errorf("%+v %v", claims, err)
	}
}

// TestAnswers: a browser that is gone is forgotten, one that cannot be reached now
// is kept.
func TestAnswers(t *testing.T) {
	for _, x := range []struct {
		status int
		kind   errors.Kind
		kept   int
	}{
		{201, errors.OK, 1}, {410, errors.NotFound, 0}, {404, errors.NotFound, 0}, {429, errors.Unavailable, 1},
		{503, errors.Unavailable, 1}, {400, errors.Invalid, 1}, {302, errors.Invalid, 1},
	} {
		m, b := newMaker(t), newBrowser(t)
		s := newService(t, m, true)
		if err := s.Subscribe(t.Context(), "anna", "x", b.subscription(m.URL+"/1")); err != nil {
			t.Fatal(err)
		}
		m.status = x.status
		err := s.Send(t.Context(), "anna", Message{Title: "x"})
		names, _ := s.Browsers(t.Context(), "anna")
		if errors.KindOf(err) != x.kind || len(names) != x.kept || len(m.came) != 1 {
			t.Errorf("%d: %v, %d kept, %d requests", x.status, err, len(names), len(m.came))
		}
	}
	s := newService(t, nil, false)
	if err := s.Send(t.Context(), "anna", Message{}); errors.KindOf(err) != errors.NotFound {
		t.Errorf("no browser: %v", err)
	}
}
