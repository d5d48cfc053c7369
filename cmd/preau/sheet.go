package main

import (
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/preau-ent/preau/core/identity"
	"github.com/preau-ent/preau/core/roster"
	"github.com/preau-ent/preau/sdk/errors"
)

// sheetFlags say where first passwords are written.
type sheetFlags struct {
	file    string
	address string
}

func (f *sheetFlags) on(c *cobra.Command) {
	c.Flags().StringVar(&f.file, "sheet", "", "write first passwords to `FILE`: a page to print, or a table when it ends in .csv")
	c.Flags().StringVar(&f.address, "address", "", "address that the sheet tells people to open (default: the one of --listen)")
}

// sheetFile is a sheet that is sure to be written: its file is made before the
// passwords are, which nobody can ever read again.
type sheetFile struct {
	flags sheetFlags
	file  *os.File
}

// open makes the file under another name, readable by its owner only; nil when
// no sheet is wanted. Conflict when there is such a file: it may hold the only
// copy of earlier passwords.
func (f *sheetFlags) open() (*sheetFile, error) {
	if f.file == "" {
		return nil, nil
	}
	if _, err := os.Lstat(f.file); err == nil {
		return nil, errors.New(errors.Conflict, "preau.sheet.exists", "file", f.file)
	}
	file, err := os.CreateTemp(filepath.Dir(f.file), ".preau-sheet-") // mode 0600
	if err != nil {
		return nil, errors.Wrap(err, errors.Unavailable, "preau.sheet.file", "file", f.file)
	}
	return &sheetFile{flags: *f, file: file}, nil
}

// write fills the sheet and gives it its name.
func (s *sheetFile) write(a *app, school identity.School, people []identity.FirstPassword) error {
	sheet := roster.Sheet{School: school.Name, Address: s.flags.address, Lang: a.say.Lang, People: people}
	if sheet.School == "" {
		sheet.School = string(school.ID)
	}
	if sheet.Address == "" {
		sheet.Address = "http://" + a.listen
	}
	write := sheet.WriteHTML
	if strings.EqualFold(filepath.Ext(s.flags.file), ".csv") {
		write = sheet.WriteCSV
	}
	err := errors.Join(write(s.file, a.say.T), s.file.Sync(), os.Rename(s.file.Name(), s.flags.file))
	if err != nil {
		return errors.Wrap(err, errors.Unavailable, "preau.sheet.file", "file", s.file.Name())
	}
	a.note("preau.sheet.written", "file", s.flags.file, "n", len(people))
	return nil
}

// abandon lets go of the file, and removes it when it was not written.
func (s *sheetFile) abandon() {
	if s == nil {
		return
	}
	s.file.Close()
	if info, err := os.Stat(s.file.Name()); err == nil && info.Size() == 0 {
		os.Remove(s.file.Name())
	}
}
