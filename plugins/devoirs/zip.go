package main

import (
	"archive/zip"
	"io"
	"net/http"
	"strconv"
	"time"

	"github.com/preau-ent/preau/sdk"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
)

// zipEntry is one file of the archive: stored, or the text of a version.
type zipEntry struct {
	path string
	at   time.Time
	file string // id of a stored file; empty: text
	text string
}

// zipName is the name under which the archive is saved.
func zipName(h *Homework) string {
	return safeName(h.Subject+"_"+h.Title) + ".zip"
}

// zipEntries lists what goes into the archive, pupil by pupil: a folder
// Nom_Prenom with the latest version, or with a folder for each version.
func zipEntries(pupils []sdk.Person, list map[ids.PersonID]*Copy, every bool) (entries []zipEntry) {
	folders := distinct{}
	for _, p := range pupils {
		c := list[p.ID]
		if c.Latest() == nil {
			continue
		}
		folder := folders.name(folderName(p))
		for _, v := range c.Versions {
			switch {
			case !v.Withdrawn.IsZero():
			case every:
				entries = append(entries, v.zipEntries(folder+"/version_"+strconv.Itoa(v.N)+"/")...)
			case v.N == c.Latest().N:
				entries = append(entries, v.zipEntries(folder+"/")...)
			}
		}
	}
	return entries
}

func (v Version) zipEntries(folder string) (entries []zipEntry) {
	names := distinct{}
	for _, f := range v.Files {
		entries = append(entries, zipEntry{path: folder + names.name(safeName(f.Name)), at: v.At, file: f.ID})
	}
	if v.Text != "" {
		entries = append(entries, zipEntry{path: folder + names.name("texte.md"), at: v.At, text: v.Text})
	}
	return entries
}

// zipCopies streams the hand-ins of a homework as they are read: nothing is
// gathered in memory or on disk. When a file breaks off the connection is cut,
// so that nobody takes half an archive for the whole.
func zipCopies(w http.ResponseWriter, req *http.Request) {
	r := sdk.RequestOf(req)
	h, entries, err := zipOf(r)
	if err == nil {
		err = r.Audit.Record("devoirs.copies.exported", h.ID, map[string]string{"files": strconv.Itoa(len(entries))})
	}
	if err != nil {
		sdk.Refuse(w, r, err)
		return
	}
	w.Header().Set("Content-Type", "application/zip")
	w.Header().Set("Content-Disposition", `attachment; filename="`+zipName(h)+`"`)
	archive := zip.NewWriter(w)
	for _, e := range entries {
		if err := e.write(archive, r); err != nil {
			r.Log.Error("archive broken off", "homework", h.ID, "err", err)
			panic(http.ErrAbortHandler)
		}
	}
	if err := archive.Close(); err != nil {
		r.Log.Warn("archive not taken to its end", "homework", h.ID, "err", err)
	}
}

// zipOf finds the homework of the request, which the viewer set, and what its
// archive holds.
func zipOf(r *sdk.Request) (*Homework, []zipEntry, error) {
	h, err := mine(r)
	if err != nil {
		return nil, nil, err
	}
	a, err := audienceOf(&r.Scope, h)
	if err != nil {
		return nil, nil, err
	}
	var list map[ids.PersonID]*Copy
	err = view(r, func(tx store.Tx) (err error) {
		list, err = copiesOf(tx, h)
		return err
	})
	if err != nil {
		return nil, nil, err
	}
	if err := a.addLeft(r, list); err != nil {
		return nil, nil, err
	}
	entries := zipEntries(a.pupils, list, r.URL.Query().Get("toutes") != "")
	if len(entries) == 0 {
		return nil, nil, errors.New(errors.NotFound, "devoirs.zip.none")
	}
	return h, entries, nil
}

// write puts one entry into the archive. Photographs and documents are packed
// already, so they are stored as they are.
func (e zipEntry) write(archive *zip.Writer, r *sdk.Request) error {
	header := &zip.FileHeader{Name: e.path, Modified: e.at.In(r.Viewer.TimeZone), Method: zip.Store}
	if e.file == "" {
		header.Method = zip.Deflate
	}
	w, err := archive.CreateHeader(header)
	if err != nil {
		return err
	}
	if e.file == "" {
		_, err = io.WriteString(w, e.text)
		return err
	}
	src, _, err := r.Files.Get(e.file)
	if err != nil {
		return err
	}
	defer src.Close()
	_, err = io.Copy(w, src)
	return err
}
