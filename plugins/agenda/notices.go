package main

import (
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
// calendar, to all classes. Somebody's own has none.
func circleOf(s *sdk.Scope, c Calendar) (*circle, error) {
	all := &circle{}
	var groups []ids.GroupID
	if g, ok := c.Group(); ok {
		groups = append(groups, g)
	} else if c == Everyone {
		list, err := s.Directory.Groups()
		if err != nil {
			return nil, err
		}
		for _, g := range list {
			if g.Kind == "classe" {
				groups = append(groups, g.ID)
			}
		}
	}
	seen := map[ids.PersonID]bool{}
	for _, g := range groups {
		members, err := s.Directory.Members(g)
		if err != nil {
			return nil, err
		}
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
	}
	return all, nil
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

// readers are the pupils, and those of the staff whom the entry is for.
func (c *circle) readers(e *Entry) (people []ids.PersonID) {
	for _, p := range c.pupils {
		people = append(people, p.ID)
	}
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

// tell has the core tell those whom an entry is for, the families when they see
// it; what it said of it before, it replaces. Guardians who are to sign are told
// that. What is over is not worth a notice, and the entry is saved whether or
// not notices arrive, so a failure goes to the log.
func (o Occurrence) tell(s *sdk.Scope, was, next *Entry) {
	key, kind := next.news(was)
	asked := o.answerable(s.Now()) && (was == nil || was.Sign == nil || was.Cancelled || was.terms() != next.terms())
	if _, own := o.Calendar.Person(); own || key == "" && !asked || !o.To.After(s.Now()) {
		return
	}
	all, err := circleOf(s, o.Calendar)
	if err != nil {
		s.Log.Warn("nobody told", "entry", o.ID, "err", err)
		return
	}
	by := o.Author
	if s.Viewer != nil {
		by = s.Viewer.Person
	}
	about := sdk.Notice{Key: noticeKey(o.ID), Link: &ui.Link{Path: o.path(), Label: ui.T("agenda.open")}, From: o.VisibleFrom}
	if key != "" {
		about.Kind, about.Text = kind, ui.T(key, "title", o.Title, "when", o.when())
		send(s, about, by, all.readers(o.Entry))
	}
	if asked {
		about.Kind, about.Text = noticeSign, ui.T("agenda.notice.sign", "title", o.Title, "until", ui.Time(o.answerBy(), ui.DateTime))
	}
	about.About = all.about()
	send(s, about, by, all.guardians())
}

// noticeKey is what notices of an entry have in common.
func noticeKey(id string) string { return "entry:" + id }

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

// untell takes back what was said of an entry, or is to be.
func untell(s *sdk.Scope, id string) {
	if err := s.Notify.Withdraw(noticeKey(id)); err != nil {
		s.Log.Warn("notice not taken back", "entry", id, "err", err)
	}
}
