package sdk

import (
	"encoding/json"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/wire"
)

// Settings is what the school chose for this module, defaults filled in.
type Settings struct{ call *call }

// Into decodes the settings into a struct with the schema's names as json tags.
func (s Settings) Into(v any) error {
	out, err := invoke(s.call, wire.NewSettingsClient(s.call.conn).Get, &wire.SettingsRequest{})
	if err != nil {
		return err
	}
	if err := json.Unmarshal(out.GetJson(), v); err != nil {
		return errors.Internal(err)
	}
	return nil
}
