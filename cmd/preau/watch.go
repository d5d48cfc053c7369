package main

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/fsnotify/fsnotify"
)

// quiet is how long nothing may change before a change counts: editors write a
// file in several steps, and save several files at once.
const quiet = 100 * time.Millisecond

// watch tells of changes to a module's source until ctx ends. Changes that come
// while nobody listens are told as one.
func watch(ctx context.Context, folder string) (<-chan struct{}, error) {
	w, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, err
	}
	if err := watchBelow(w, folder); err != nil {
		w.Close()
		return nil, err
	}
	changed := make(chan struct{}, 1)
	go func() {
		defer w.Close()
		settled := time.NewTimer(0)
		<-settled.C
		for {
			select {
			case <-ctx.Done():
				return
			case e := <-w.Events:
				if info, err := os.Stat(e.Name); err == nil && info.IsDir() {
					_ = watchBelow(w, e.Name) // a folder that is gone again
				}
				if isSource(e.Name) && e.Op != fsnotify.Chmod {
					settled.Reset(quiet)
				}
			case <-w.Errors: // too many events at once: something changed
				settled.Reset(quiet)
			case <-settled.C:
				select {
				case changed <- struct{}{}:
				default:
				}
			}
		}
	}()
	return changed, nil
}

// watchBelow adds a folder and those in it, but for hidden and built ones.
func watchBelow(w *fsnotify.Watcher, folder string) error {
	return filepath.WalkDir(folder, func(name string, d fs.DirEntry, err error) error {
		switch base := filepath.Base(name); {
		case err != nil:
			return err
		case !d.IsDir():
			return nil
		case name != folder && (base[0] == '.' || base == "dist" || base == "testdata"):
			return fs.SkipDir
		}
		return w.Add(name)
	})
}

// isSource reports a file of which the module is made.
func isSource(name string) bool {
	switch base := filepath.Base(name); filepath.Ext(base) {
	case ".go":
		return !strings.HasSuffix(base, "_test.go") && base[0] != '.'
	case ".json":
		return filepath.Base(filepath.Dir(name)) == "locales"
	default:
		return base == "module.yaml" || base == "go.mod" || base == "go.sum"
	}
}
