package control

import (
	"context"
	"time"

	"github.com/preau-ent/preau/core"
	"github.com/preau-ent/preau/core/demo"
	"github.com/preau-ent/preau/core/home"
	"github.com/preau-ent/preau/sdk/errors"
)

// FillDemo makes the demonstration in an opened Préau, unless it is there, and
// returns its accounts.
func FillDemo(ctx context.Context, c *core.Core, tell Tell) ([]demo.Account, error) {
	accounts, err := demo.Load(c.Config.Data)
	if errors.KindOf(err) != errors.NotFound {
		return accounts, err
	}
	if tell == nil { // nobody watches
		tell = func(Progress) {}
	}
	paris, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		return nil, errors.Internal(err)
	}
	pages, err := home.New(home.Config{Engine: c.Store, Audit: c.Audit}) // of no hours: who tries it in the evening sees it too
	if err != nil {
		return nil, err
	}
	defer pages.Close()
	accounts, err = demo.Fill(ctx, demo.Services{Identity: c.Identity, Modules: c.Host, Events: c.Events, Home: pages, Looks: c.Console},
		c.Config.Now().In(paris), func(done, total int) { tell(Progress{Done: done, Total: total}) })
	if err != nil {
		return nil, err
	}
	return accounts, demo.Save(c.Config.Data, accounts)
}
