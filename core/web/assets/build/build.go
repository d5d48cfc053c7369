package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/evanw/esbuild/pkg/api"

	"github.com/preau-ent/preau/core/web/assets/pack"
)

// build returns the files of dist by name; root is the repository.
func build(root string) (map[string][]byte, error) {
	plain := map[string][]byte{}
	var err error
	if plain["app.js"], err = script(filepath.Join(root, "core/web/assets/js/app.js")); err != nil {
		return nil, err
	}
	if plain["favicon.svg"], err = os.ReadFile(filepath.Join(root, "core/web/assets/favicon.svg")); err != nil {
		return nil, err
	}
	if err := letters(filepath.Join(root, "node_modules/@fontsource/opendyslexic/files"), plain); err != nil {
		return nil, err
	}
	if err := installable(filepath.Join(root, "core/web/assets"), plain); err != nil {
		return nil, err
	}
	files := map[string][]byte{}
	for name, body := range plain {
		hashed := pack.Name(name, body)
		files[hashed] = body
		if ext := filepath.Ext(name); ext == ".woff2" || ext == ".png" {
			continue // compressed already
		}
		if small := pack.Brotli(body); small != nil {
			files[hashed+".br"] = small
		}
		if small := pack.Gzip(body); small != nil {
			files[hashed+".gz"] = small
		}
	}
	return files, nil
}

// script bundles one script with what it imports.
func script(path string, more ...func(*api.BuildOptions)) ([]byte, error) {
	options := api.BuildOptions{
		EntryPoints: []string{path}, Bundle: true, Format: api.FormatIIFE, Target: api.ES2020,
		MinifyWhitespace: true, MinifyIdentifiers: true, MinifySyntax: true, Charset: api.CharsetUTF8,
	}
	for _, change := range more {
		change(&options)
	}
	result := api.Build(options)
	if len(result.Errors) > 0 {
		return nil, fmt.Errorf("%s: %s", path, strings.TrimSpace(result.Errors[0].Text))
	}
	return result.OutputFiles[0].Contents, nil
}
