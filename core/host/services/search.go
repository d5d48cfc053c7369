package services

import (
	"context"
	"encoding/json"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/wire"
)

// Changed is told which documents of a module came, changed or went in a
// school; no ids: all of them may have. Once it returned nil that is not
// forgotten.
type Changed func(ctx context.Context, school ids.SchoolID, module ids.ModuleID, documents []string) error

// mostChanged is how many documents one event may name; more are all of them.
const mostChanged = 5000

// searchChanged takes the event by which a module with the interface search
// says what to look at again. Nobody subscribes to it but the core.
func (p *publisher) searchChanged(ctx context.Context, school ids.SchoolID, payload []byte) error {
	if !p.manifest.Offers("search") {
		return errors.New(errors.Invalid, "host.interface", "interface", "search")
	}
	var changed wire.Changed
	if err := json.Unmarshal(payload, &changed); err != nil {
		return errors.Wrap(err, errors.Invalid, "host.event.payload")
	}
	if !p.core.Host.IsEnabled(school, p.manifest.ID) {
		return errors.New(errors.Denied, "host.disabled")
	}
	if p.core.Changed == nil || len(changed.IDs) == 0 && !changed.All {
		return nil
	}
	if changed.All || len(changed.IDs) > mostChanged {
		changed.IDs = nil
	}
	return p.core.Changed(ctx, school, p.manifest.ID, changed.IDs)
}
