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
// left meanwhile is passed over.
func (n *notices) Send(ctx context.Context, in *wire.SendRequest) (*wire.SendResponse, error) {
	c, err := n.call(ctx, manifest.SendNotices)
	if err != nil {
		return nil, err
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
	if err != nil {
		return nil, err
	}
	in.People = in.People[:0]
	for _, p := range people {
		in.People = append(in.People, p.Id)
	}
	return &wire.SendResponse{}, n.core.Notify.Send(ctx, c.School, c.Module, in)
}
