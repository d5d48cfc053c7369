package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/evanw/esbuild/pkg/api"

	"github.com/preau-ent/preau/core/web/assets/pack"
)

// installable adds what makes the site an app on a device: its icons, the
// manifest that names them, and the service worker.
func installable(dir string, plain map[string][]byte) error {
	icons, err := filepath.Glob(filepath.Join(dir, "icons/*.png"))
	if err != nil {
		return err
	}
	at := map[string]string{"favicon.svg": "/assets/" + pack.Name("favicon.svg", plain["favicon.svg"])}
	for _, file := range icons {
		body, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		name := filepath.Base(file)
		plain[name], at[name] = body, "/assets/"+pack.Name(name, body)
	}
	text, err := os.ReadFile(filepath.Join(dir, "manifest.json"))
	if err != nil {
		return err
	}
	for name, address := range at {
		text = []byte(strings.ReplaceAll(string(text), `"`+name+`"`, strconv.Quote(address)))
	}
	var manifest any
	if err := json.Unmarshal(text, &manifest); err != nil {
		return err
	}
	if plain["manifest.webmanifest"], err = json.Marshal(manifest); err != nil {
		return err
	}
	plain["sw.js"], err = script(filepath.Join(dir, "js/sw.js"), func(o *api.BuildOptions) {
		o.Define = map[string]string{"ICON": strconv.Quote(at["icon-192.png"])}
	})
	return err
}
