package main

import (
	"os"
	"path/filepath"
	"strings"
)

const onFiles = "attacks on files"

var inFiles = []wrong{
	{Name: "read-core", Family: onFiles, Tries: "reads the core's data", attack: func(a *attacker) { a.read("core") }},
	{Name: "read-neighbour", Family: onFiles, Tries: "reads another module's data", attack: func(a *attacker) { a.read("neighbour") }},
	{Name: "write-outside", Family: onFiles, Tries: "writes outside its own folder", attack: writeOutside},
	{Name: "plant-links", Family: onFiles, Tries: "plants links in its own folder for the core to follow", attack: plantLinks},
	{Name: "replace-binary", Family: onFiles, Tries: "replaces its own program and manifest", attack: replaceBinary},
}

// read tries each of the given files and folders, directly and by detours.
func (a *attacker) read(given string) {
	for _, path := range a.all(given) {
		_, err := os.ReadFile(path)
		a.try("read "+given, err)
		_, err = os.ReadDir(filepath.Dir(path))
		a.try("list the folder of "+given, err)
		_, err = os.ReadFile("/proc/self/root" + path)
		a.try("read "+given+" by /proc/self/root", err)
		_, err = os.ReadFile("/proc/1/root" + path)
		a.try("read "+given+" by /proc/1/root", err)
		home := os.Getenv("HOME")
		_, err = os.ReadFile(home + strings.Repeat("/..", strings.Count(home, "/")) + path)
		a.try("read "+given+" by ..", err)
	}
}

// all returns every value given under a name.
func (a *attacker) all(name string) []string {
	a.given(name)
	return a.Form[name]
}

func writeOutside(a *attacker) {
	for _, dir := range a.all("dir") {
		err := os.WriteFile(filepath.Join(dir, "marque"), []byte("hostile was here"), 0o600)
		a.try("write into "+filepath.Base(dir), err)
		err = os.Mkdir(filepath.Join(dir, "marque.d"), 0o700)
		a.try("make a folder in "+filepath.Base(dir), err)
		err = os.Symlink("/", filepath.Join(dir, "marque.lien"))
		a.try("make a link in "+filepath.Base(dir), err)
	}
	for _, file := range a.all("core") {
		f, err := os.OpenFile(file, os.O_WRONLY|os.O_APPEND, 0)
		if err == nil {
			_, err = f.WriteString("hostile was here")
			f.Close()
		}
		a.try("append to the core's file", err)
		a.try("rename the core's file", os.Rename(file, file+".x"))
		a.try("truncate the core's file", os.Truncate(file, 0))
	}
}

// plantLinks leaves the links where they are: what matters is who follows them.
func plantLinks(a *attacker) {
	home := os.Getenv("HOME")
	for _, secret := range a.all("core") {
		for _, name := range []string{"lien", "0750001A.db", "tmp-lien"} {
			link := filepath.Join(home, name)
			os.Remove(link)
			if err := os.Symlink(secret, link); err != nil {
				a.try("plant a link", err)
				continue
			}
			_, err := os.ReadFile(link)
			a.try("read through the link "+name, err)
		}
		os.Remove(filepath.Join(home, "dur"))
		a.try("link the core's file into its own folder", os.Link(secret, filepath.Join(home, "dur")))
		os.Symlink(filepath.Dir(secret), filepath.Join(home, "dossier"))
	}
}

func replaceBinary(a *attacker) {
	exe, err := os.Executable()
	if err != nil {
		a.try("find its program", err)
		exe = "/proc/self/exe"
	}
	for _, path := range append([]string{exe, "/proc/self/exe"}, a.all("folder")...) {
		f, err := os.OpenFile(path, os.O_WRONLY, 0)
		if err == nil {
			f.Close()
		}
		a.try("open "+filepath.Base(path)+" to write", err)
	}
	for _, path := range append([]string{exe}, a.all("folder")...) {
		a.try("remove "+filepath.Base(path), os.Rename(path, path+".old"))
		a.try("change the rights of "+filepath.Base(path), os.Chmod(path, 0o777))
	}
}
