package main

import (
	"bytes"
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
	if *check {
		err = compare(dist, files)
	} else {
		err = replace(dist, files)
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
		if old, err := os.ReadFile(filepath.Join(dir, name)); err != nil || !bytes.Equal(old, body) {
			return fmt.Errorf("%s/%s is stale (%v): run go run ./core/web/assets/build", dir, name, err)
		}
	}
	return nil
}
