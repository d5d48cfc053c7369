package main

import (
	"context"
	"slices"

	"github.com/preau-ent/preau/sdk"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/ui"
)

// Kinds of notices, as module.yaml declares them.
const (
	noticeNew  = "nouveau"
	noticeMove = "changement"
	noticeSign = "signature"
)

// circle is everybody a calendar is for.
type circle struct {
	pupils []sdk.Person
	staff  []sdk.Person
}

// circleOf asks the directory who belongs to a class or group; of the school's
// calendar, to all classes, and who else works in the school. Somebody's own has
// none.
func circleOf(s *sdk.Scope, c Calendar) (*circle, error) {
	all := &circle{}
	seen := map[ids.PersonID]bool{}
	add := func(group ids.GroupID, profiles ...ids.Profile) error {
		members, err := s.Directory.Members(group, profiles...)
		for _, m := range members {
			switch {
			case seen[m.ID]:
			case m.Profile == ids.Eleve:
				all.pupils = append(all.pupils, m)
			default:
				all.staff = append(all.staff, m)
			}
			seen[m.ID] = true
		}
		return err
	}
	if g, ok := c.Group(); ok {
		return all, add(g)
	}
	if c != Everyone {
		return all, nil
	}
	groups, err := s.Directory.Groups()
	for _, g := range groups {
		if err == nil && g.Kind == "classe" {
			err = add(g.ID)
		}
	}
	if err == nil {
		err = add("", ids.Enseignant, ids.VieScol, ids.Direction, ids.Personnel) // of no group: of the school
	}
	return all, err
}

// guardians are those of the pupils, each once.
func (c *circle) guardians() (people []ids.PersonID) {
	for _, p := range c.pupils {
		people = append(people, p.Guardians...)
	}
	slices.Sort(people)
	return slices.Compact(people)
}

// about names the pupils: a guardian is told of their own only.
func (c *circle) about() (about []*ui.About) {
	for _, p := range c.pupils {
		about = append(about, ui.AboutChild(string(p.ID), p.FirstName))
	}
	return about
}

// children are the pupils.
func (c *circle) children() (people []ids.PersonID) {
	for _, p := range c.pupils {
		people = append(people, p.ID)
	}
	return people
}

// colleagues are those of the staff whom the entry is for.
func (c *circle) colleagues(e *Entry) (people []ids.PersonID) {
	for _, p := range c.staff {
		if slices.Contains(e.Teachers, p.ID) || len(e.Teachers) == 0 && !e.Lesson {
			people = append(people, p.ID)
		}
	}
	return people
}

// news is what there is to say of an entry that became next, "" for nothing; was
// is what it was before, nil when it is new to its readers.
func (next *Entry) news(was *Entry) (key, kind string) {
	switch {
	case was == nil && next.Cancelled:
		return "", "" // it was never theirs to come to
	case was == nil:
		return "agenda.notice.new", noticeNew
	case next.Cancelled && !was.Cancelled:
		return "agenda.notice.cancelled", noticeMove
	case was.Cancelled && !next.Cancelled:
		return "agenda.notice.held", noticeMove
	case was.terms() != next.terms():
		return "agenda.notice.changed", noticeMove
	}
	return "", ""
}

// tell has the core tell those whom an entry is for: the staff at once, the
// families when they see it; what it said of it before, it replaces. was is what
// the staff knew of it, seen what families did. Guardians who are to sign are told
// that, or that they no longer are; those whom the school has sign nothing, what
// everybody is. What is over is not worth a notice, and the entry is saved whether
// or not notices arrive, so a failure goes to the log.
func (o Occurrence) tell(ctx context.Context, s *sdk.Scope, was, seen, next *Entry) {
	if seen == nil && next.Cancelled {
		withdraw(s, noticeKey(o.ID)) // what they were to be told
	}
	inside, insideKind := next.news(was)
	key, kind := next.news(seen)
	asked := o.answerable(s.Now()) && next.asksAnew(seen)
	freed := seen != nil && seen.asks() && next.Sign == nil
	if _, own := o.Calendar.Person(); own || inside == "" && key == "" && !asked && !freed || !o.To.After(s.Now()) {
		return
	}
	all, err := circleOf(s, o.Calendar)
	var open []ids.PersonID
	if err == nil && asked {
		open, err = all.open(ctx, s, o.Entry)
	}
	if err != nil {
		s.Log.Warn("nobody told", "entry", o.ID, "err", err)
		return
	}
	by := o.Author
	if s.Viewer != nil {
		by = s.Viewer.Person
	}
	about := sdk.Notice{Link: &ui.Link{Path: o.path(), Label: ui.T("agenda.open")}}
	say := func(key, kind string, people []ids.PersonID) {
		if key != "" {
			about.Kind, about.Text = kind, ui.T(key, "title", o.Title, "when", o.when())
			send(s, about, by, people)
		}
	}
	about.Key = staffKey(o.ID)
	say(inside, insideKind, all.colleagues(o.Entry))
	about.Key, about.From = noticeKey(o.ID), o.VisibleFrom
	say(key, kind, all.children())
	about.About = all.about()
	say(key, kind, without(all.guardians(), open))
	if key == "" && freed {
		say("agenda.notice.unsigned", noticeSign, all.guardians())
	}
	if asked {
		if key != "" {
			about.Instead = &sdk.Instead{Kind: kind, Text: about.Text}
		}
		about.Kind, about.Text = noticeSign, ui.T("agenda.notice.sign", "title", o.Title, "until", ui.Time(o.answerBy(), ui.DateTime))
		send(s, about, by, open)
	}
}

// without returns those of people who are not among others.
func without(people, others []ids.PersonID) []ids.PersonID {
	return slices.DeleteFunc(people, func(p ids.PersonID) bool { return slices.Contains(others, p) })
}

// noticeKey is what notices of an entry to families have in common, staffKey those
// to the staff: they know of it earlier.
func noticeKey(id string) string { return "entry:" + id }

func staffKey(id string) string { return noticeKey(id) + ":staff" }

// tellAtOnce is how many people one call tells.
const tellAtOnce = 2000

// send hands the notice over, to everybody but the one who wrote.
func send(s *sdk.Scope, n sdk.Notice, by ids.PersonID, people []ids.PersonID) {
	people = slices.DeleteFunc(people, func(p ids.PersonID) bool { return p == by })
	for part := range slices.Chunk(people, tellAtOnce) {
		n.People = part
		if err := s.Notify.Send(n); err != nil {
			s.Log.Warn("notice not sent", "key", n.Key, "err", err)
		}
	}
}

// untell takes back what was said of entries that are gone, or is to be.
func untell(s *sdk.Scope, gone ...*Entry) {
	for _, e := range gone {
		withdraw(s, noticeKey(e.ID))
		withdraw(s, staffKey(e.ID))
	}
}

func withdraw(s *sdk.Scope, key string) {
	if err := s.Notify.Withdraw(key); err != nil {
		s.Log.Warn("notice not taken back", "key", key, "err", err)
	}
}
