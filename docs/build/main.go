package main

import (
	"flag"
	"log"
	"os"
	"path/filepath"
)

func main() {
	root := flag.String("root", ".", "folder of the repository")
	flag.Parse()
	pages, err := build(*root)
	if err != nil {
		log.Fatal(err)
	}
	for name, text := range pages {
		if err := os.WriteFile(filepath.Join(*root, "docs", "reference", name), []byte(text), 0o644); err != nil {
			log.Fatal(err)
		}
	}
}

// build returns the pages of the reference by name.
func build(root string) (map[string]string, error) {
	pages := map[string]string{}
	for name, write := range map[string]func(root string) (string, error){
		"manifest.md": manifestPage, "nodes.md": nodesPage, "services.md": servicesPage, "errors.md": errorsPage,
	} {
		text, err := write(root)
		if err != nil {
			return nil, err
		}
		pages[name] = text
	}
	return pages, nil
}
