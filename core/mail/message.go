package mail

import (
	"net/mail"
	"strings"
	"unicode"

	gomail "github.com/wneessen/go-mail"

	"github.com/preau-ent/preau/sdk/errors"
)

// longest is how many characters of a subject are sent.
const longest = 150

// message makes the letter a mail. Names and subject lose whatever could end a
// header line; go-mail writes them encoded.
func (s *Sender) message(l *Letter) (*gomail.Msg, error) {
	html, err := l.html()
	if err != nil {
		return nil, err
	}
	to, err := mail.ParseAddress(l.To)
	if err != nil || to.Name != "" || strings.ContainsFunc(l.To, unicode.IsControl) {
		return nil, errors.Wrap(err, errors.Invalid, "mail.address")
	}
	m := gomail.NewMsg(gomail.WithNoDefaultUserAgent())
	m.SetAddrHeaderFromMailAddress(gomail.HeaderFrom, &mail.Address{Name: line(l.From), Address: s.from.Address})
	m.SetAddrHeaderFromMailAddress(gomail.HeaderTo, &mail.Address{Name: line(l.Name), Address: to.Address})
	m.Subject(line(l.Subject))
	m.SetDateWithValue(s.now())
	_, domain, _ := strings.Cut(s.from.Address, "@")
	m.SetMessageIDWithValue(l.ID + "@" + domain)
	m.SetGenHeader(gomail.Header("Auto-Submitted"), "auto-generated") // RFC 3834: no answering machine answers
	if l.Stop != "" && m.SetListUnsubscribeOneClick(l.Stop) != nil {
		m.SetListUnsubscribe(l.Stop) // a site without TLS: no mail program posts there by itself
	}
	m.SetBodyString(gomail.TypeTextPlain, l.text())
	m.AddAlternativeString(gomail.TypeTextHTML, html)
	return m, nil
}

// line makes text one line of a sensible length.
func line(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r) || unicode.In(r, unicode.Bidi_Control):
			return -1
		}
		return r
	}, s)
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > longest {
		return string(r[:longest-1]) + "…"
	}
	return s
}
