package notify

import (
	"context"
	"strings"

	"github.com/preau-ent/preau/core/locale"
	"github.com/preau-ent/preau/core/mail"
	"github.com/preau-ent/preau/core/web/draw"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/ui"
)

// speaker has a reader's language and the labels of a school.
func (s *Service) speaker(ctx context.Context, school ids.SchoolID, r Reader) *locale.Speaker {
	zone := r.Zone
	if zone == nil {
		zone = s.zone(ctx, school)
	}
	return s.tools.Words.Speaker(r.Lang, zone, s.now()).For(school)
}

// addresses makes the addresses in letters of a school: absolute, and leading
// whoever may see a page to that page of that school, through sign-in. Those that
// end letters work without.
func (s *Service) addresses(school ids.SchoolID) func(path string) string {
	return func(path string) string {
		if strings.HasPrefix(path, draw.SharePath) || strings.HasPrefix(path, StopPrefix) {
			return s.tools.Site + path
		}
		return s.tools.Site + draw.Shared(school, path)
	}
}

// Write sends a person of a school a letter of the core itself, at once and
// whatever they chose: to an address that they may not have confirmed. The words
// of page are put in their language; its title is the subject. Unavailable
// when the mail server does not answer or there is none.
func (s *Service) Write(ctx context.Context, school ids.SchoolID, person ids.PersonID, to string, page *ui.Page) error {
	if s.tools.Mail == nil {
		return errors.New(errors.Unavailable, "notify.nomail")
	}
	readers, err := s.readers(ctx, school, []ids.PersonID{person})
	if err != nil {
		return err
	}
	if len(readers) == 0 {
		return errors.New(errors.NotFound, "notify.gone")
	}
	r := readers[0]
	say := s.speaker(ctx, school, r)
	return s.tools.Mail.Send(ctx, &mail.Letter{ID: ids.New(), To: to, Name: r.Name, From: r.School, Subject: say.Text(page.GetTitle()),
		Page: page, Say: say, Address: s.addresses(school)})
}
