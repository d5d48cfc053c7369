package sdk

import (
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
	About  []*ui.About // the child it is about, for guardians
}

// Send hands the notice to the core, which chooses the way to each person.
func (n Notify) Send(notice Notice) error {
	_, err := invoke(n.call, wire.NewNotifyClient(n.call.conn).Send, &wire.SendRequest{
		People: texts(notice.People), Text: notice.Text, Link: notice.Link, Key: notice.Key, About: notice.About,
	})
	return err
}
