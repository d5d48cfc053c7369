package theme

import (
	"io/fs"

	"github.com/goccy/go-yaml"

	"github.com/preau-ent/preau/sdk/errors"
)

// Pack is a theme as its folder gives it.
type Pack struct {
	ID     string `yaml:"id"`
	Name   string `yaml:"name"`
	Tokens Tokens `yaml:"-"`
}

// readPacks reads every folder of packs.
func readPacks(packs fs.FS) (map[string]*Pack, error) {
	entries, err := fs.ReadDir(packs, ".")
	if err != nil {
		return nil, errors.Wrap(err, errors.Unavailable, "theme.pack", "pack", ".")
	}
	all := map[string]*Pack{}
	for _, e := range entries {
		if !e.IsDir() {
			continue
		}
		p, err := readPack(packs, e.Name())
		if err != nil {
			return nil, err
		}
		all[p.ID] = p
	}
	if all[Default] == nil {
		return nil, errors.New(errors.Invalid, "theme.pack", "pack", Default)
	}
	return all, nil
}

func readPack(packs fs.FS, folder string) (*Pack, error) {
	p := &Pack{}
	src, err := fs.ReadFile(packs, folder+"/theme.yaml")
	if err == nil {
		err = yaml.UnmarshalWithOptions(src, p, yaml.Strict())
	}
	if err == nil && p.ID != folder {
		err = errors.New(errors.Invalid, "theme.pack", "pack", folder)
	}
	var tokens []byte
	if err == nil {
		tokens, err = fs.ReadFile(packs, folder+"/tokens.json")
	}
	if err != nil {
		return nil, errors.Wrap(err, errors.Invalid, "theme.pack", "pack", folder)
	}
	p.Tokens, err = ParseTokens(tokens)
	return p, err
}
