// Command compteur counts: a module in several versions, for the tests of
// upgrades. All of them are this program; module.yaml beside it says which one it
// is, and the file "fault" what is wrong with it.
package main

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/preau-ent/preau/sdk"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/store"
	"github.com/preau-ent/preau/sdk/ui"
)

// hit is one acknowledged write. Schema 2 keeps its length, with an index.
type hit struct {
	ID     string
	Length int `json:",omitempty"`
}

var (
	hits    = store.NewCollection[hit]("hits")
	hitsTwo = store.NewCollection("hits", store.Index("length", func(h *hit) store.Key { return store.K(h.Length) }))
)

func main() {
	version, schema, fault := beside()
	switch fault {
	case "exit":
		fmt.Fprintln(os.Stderr, "leaving at once")
		os.Exit(3)
	case "handshake":
		fmt.Println("1|2|unix")
		os.Exit(4)
	}
	m := sdk.New()
	m.Page("GET /{$}", func(r *sdk.Request) (*ui.Page, error) {
		if fault == "page" {
			panic("the first page")
		}
		return ui.PageOf(ui.S(version)), nil
	})
	m.Do("POST /compter", func(r *sdk.Request) (*sdk.Answer, error) {
		id := r.FormValue("id")
		return sdk.GoTo("/"), r.Store.Update(r.Context(), func(tx store.Tx) error {
			if schema >= 2 {
				return hitsTwo.Insert(tx, &hit{ID: id, Length: len(id)})
			}
			return hits.Insert(tx, &hit{ID: id})
		})
	})
	m.Handle("GET /liste", http.HandlerFunc(func(w http.ResponseWriter, hr *http.Request) {
		r := sdk.RequestOf(hr)
		fmt.Fprintln(w, version)
		err := r.Store.View(r.Context(), func(tx store.Tx) error {
			list, index := hits, ""
			if schema >= 2 {
				list, index = hitsTwo, "length"
			}
			for h, err := range list.Range(tx, index) {
				if err != nil {
					return err
				}
				fmt.Fprintln(w, h.ID)
			}
			return nil
		})
		if err != nil {
			panic(err)
		}
	}))
	m.Handle("GET /direct", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintln(w, version)
		_ = http.NewResponseController(w).Flush()
		<-r.Context().Done()
	}))
	m.Handle("GET /lent", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		time.Sleep(300 * time.Millisecond) // what a slow page takes
		fmt.Fprintln(w, version)
	}))
	m.Widget("total", func(r *sdk.WidgetRequest) (*ui.Node, error) {
		if fault == "widget" {
			select {}
		}
		return ui.Text("compteur.name"), nil
	})
	for to := 2; to <= schema; to++ {
		m.Migrate(to, step(fault))
	}
	sdk.Serve(m)
}

func step(fault string) sdk.MigrateFunc {
	return func(ctx context.Context, m *sdk.Migration) error {
		if what, school, ok := strings.Cut(fault, ":"); ok && school == string(m.School) {
			switch what {
			case "fail":
				return errors.New(errors.Conflict, "compteur.broken")
			case "hang":
				<-ctx.Done()
				return ctx.Err()
			case "die":
				os.Exit(5)
			case "wait": // until the test lets it
				for ctx.Err() == nil {
					if _, err := os.Stat(filepath.Join(os.Getenv("HOME"), "go-on")); err == nil {
						break
					}
					time.Sleep(5 * time.Millisecond)
				}
			}
		}
		return hitsTwo.Rewrite(m.Tx, func(h *hit) error { h.Length = len(h.ID); return nil })
	}
}

// beside reads version and schema out of module.yaml, and the fault.
func beside() (version string, schema int, fault string) {
	exe, err := os.Executable()
	if err != nil {
		panic(err)
	}
	yaml, err := os.ReadFile(filepath.Join(filepath.Dir(exe), "module.yaml"))
	if err != nil {
		panic(err)
	}
	schema = 1
	for line := range strings.Lines(string(yaml)) {
		if v, ok := strings.CutPrefix(line, "version: "); ok {
			version = strings.TrimSpace(v)
		}
		_, _ = fmt.Sscanf(line, "schema: %d", &schema) // most lines say something else
	}
	raw, _ := os.ReadFile(filepath.Join(filepath.Dir(exe), "fault")) // most versions have none
	return version, schema, string(raw)
}
