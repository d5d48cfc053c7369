package main

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"log"
	"os"
	"path/filepath"
)

const dist = "core/web/assets/dist"

func main() {
	check := flag.Bool("check", false, "only compare")
	flag.Parse()
	files, err := build(".")
	if err != nil {
		log.Fatal(err)
	}
	drawn, err := lines("node_modules/lucide-static/icons", "core/web/assets/art")
	if err != nil {
		log.Fatal(err)
	}
	if *check {
		err = errors.Join(compare(dist, files), same(linesFile, drawn))
	} else {
		err = errors.Join(replace(dist, files), os.WriteFile(linesFile, drawn, 0o644))
	}
	if err != nil {
		log.Fatal(err)
	}
}

// replace empties the folder and writes the files.
func replace(dir string, files map[string][]byte) error {
	if err := os.RemoveAll(dir); err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	for name, body := range files {
		if err := os.WriteFile(filepath.Join(dir, name), body, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// compare says which file of the folder differs.
func compare(dir string, files map[string][]byte) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	if len(entries) != len(files) {
		return fmt.Errorf("%s holds %d files, the build makes %d", dir, len(entries), len(files))
	}
	for name, body := range files {
		if err := same(filepath.Join(dir, name), body); err != nil {
			return err
		}
	}
	return nil
}

func same(path string, body []byte) error {
	if old, err := os.ReadFile(path); err != nil || !bytes.Equal(old, body) {
		return fmt.Errorf("%s is stale (%v): run go run ./core/web/assets/build", path, err)
	}
	return nil
}
