package sdk

import (
	"time"

	"google.golang.org/protobuf/types/known/timestamppb"

	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/ui"
	"github.com/preau-ent/preau/sdk/wire"
)

// Notify tells people of the school that something concerns them.
type Notify struct{ call *call }

// Notice is one notification.
type Notice struct {
	People []ids.PersonID
	Text   *ui.Words
	Link   *ui.Link
	Key    string      // the thing it is about: a second notice with the same key replaces the first
	About  []*ui.About // the children it is about; a guardian is told of their own only
	Kind   string      // one that module.yaml declares under notices; empty: the first
	From   time.Time   // not before; families are told within the school's hours besides

	// Urgent goes out at once, whatever the hours: capability notify.urgent, and
	// a line in the school's journal.
	Urgent bool

	// Instead is what those of the people are told who may not receive the kind,
	// for want of its permission in the school; nil: nothing.
	Instead *Instead
}

// Instead is another notice of the same thing.
type Instead struct {
	Kind string
	Text *ui.Words
}

// Send hands the notice to the core, which chooses the way to each person.
func (n Notify) Send(notice Notice) error {
	in := &wire.SendRequest{
		People: texts(notice.People), Text: notice.Text, Link: notice.Link, Key: notice.Key, About: notice.About,
		Kind: notice.Kind, Urgent: notice.Urgent,
	}
	if !notice.From.IsZero() {
		in.From = timestamppb.New(notice.From)
	}
	if notice.Instead != nil {
		in.Instead = &wire.Instead{Kind: notice.Instead.Kind, Text: notice.Instead.Text}
	}
	_, err := invoke(n.call, wire.NewNotifyClient(n.call.conn).Send, in)
	return err
}

// Withdraw takes back what the module sent about a thing: those who were not
// told yet are not, from the lists of the others it goes.
func (n Notify) Withdraw(key string) error {
	_, err := invoke(n.call, wire.NewNotifyClient(n.call.conn).Withdraw, &wire.WithdrawRequest{Key: key})
	return err
}
