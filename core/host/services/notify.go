package services

import (
	"context"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/manifest"
	"github.com/preau-ent/preau/sdk/wire"
)

const maxAddressees = 5000

type notices struct {
	wire.UnimplementedNotifyServer
	*desk
}

// Send leaves the notice with those of the people who are of the school; who
// left meanwhile is passed over. An urgent one is noted in the school's journal
// before it goes out.
func (n *notices) Send(ctx context.Context, in *wire.SendRequest) (*wire.SendResponse, error) {
	c, err := n.call(ctx, manifest.SendNotices)
	if err != nil {
		return nil, err
	}
	if in.Urgent && !n.may(manifest.SendUrgent) {
		return nil, errors.New(errors.Denied, "host.capability", "capability", string(manifest.SendUrgent))
	}
	if len(in.People) > maxAddressees {
		return nil, errors.New(errors.TooLarge, "host.notify.people")
	}
	if in.Text == nil {
		return nil, errors.New(errors.Invalid, "host.notify.empty")
	}
	if len(in.People) == 0 {
		return &wire.SendResponse{}, nil
	}
	people, err := n.core.Directory.People(ctx, c.School, named[ids.PersonID](in.People))
	if err != nil || len(people) == 0 {
		return &wire.SendResponse{}, err
	}
	in.People = in.People[:0]
	for _, p := range people {
		in.People = append(in.People, p.Id)
	}
	if in.Urgent {
		err := n.core.Audit.Record(ctx, Record{School: c.School, Person: person(c), Module: c.Module, RequestID: c.Viewer.GetRequestId(),
			Action: "notice.urgent", Object: in.Key, Core: true})
		if err != nil {
			return nil, err
		}
	}
	return &wire.SendResponse{}, n.core.Notify.Send(ctx, c.School, c.Module, in)
}

// Withdraw takes back what the module sent about a thing in this school.
func (n *notices) Withdraw(ctx context.Context, in *wire.WithdrawRequest) (*wire.WithdrawResponse, error) {
	c, err := n.call(ctx, manifest.SendNotices)
	if err != nil {
		return nil, err
	}
	return &wire.WithdrawResponse{}, n.core.Notify.Withdraw(ctx, c.School, c.Module, in.Key)
}
