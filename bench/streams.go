package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"strings"
	"sync"
	"time"

	"github.com/preau-ent/preau/core"
	"github.com/preau-ent/preau/core/audit"
	"github.com/preau-ent/preau/core/identity"
	"github.com/preau-ent/preau/sdk/ids"
)

const (
	idleStreams  = 4000
	ofOnePerson  = 5
	opensAtOnce  = 50
	streamsChild = "PREAU_BENCH_STREAMS" // data folder: this process serves, and is measured
)

// served is what the measured process says once it serves.
type served struct {
	Address string
	Cookies []string
}

// idle opens event streams to a Préau in a process of its own and looks at what
// they cost it in memory while nothing happens.
func idle(t *table, dir string) {
	self, err := os.Executable()
	check(err)
	cmd := exec.Command(self)
	cmd.Env = append(os.Environ(), streamsChild+"="+filepath.Join(dir, "streams"))
	cmd.Stderr = os.Stderr
	said, err := cmd.StdoutPipe()
	check(err)
	stdin, err := cmd.StdinPipe()
	check(err)
	check(cmd.Start())
	defer cmd.Wait()
	defer stdin.Close() // it ends with its input
	var s served
	check(json.NewDecoder(said).Decode(&s))
	before := resident(cmd.Process.Pid)
	open := make([]net.Conn, idleStreams)
	var opening sync.WaitGroup
	for at := range opensAtOnce { // a stream's first message takes its time: one after the other they would take minutes
		opening.Go(func() {
			for i := at; i < idleStreams; i += opensAtOnce {
				open[i] = openStream(s.Address, s.Cookies[i/ofOnePerson])
			}
		})
	}
	opening.Wait()
	defer func() {
		for _, c := range open {
			c.Close()
		}
	}()
	time.Sleep(30 * time.Second) // every stream has been looked at and has heard a beat
	after := resident(cmd.Process.Pid)
	for _, c := range open {
		alive(c)
	}
	t.most(fmt.Sprintf("%d idle event streams, resident memory more", idleStreams), after-before, " MiB", 150)
	t.told("the same: one stream", (after-before)*1024/idleStreams, " KiB")
}

// openStream asks for the stream and waits for its first message.
func openStream(address, cookie string) net.Conn {
	c, err := net.Dial("tcp", address)
	check(err)
	_, err = fmt.Fprintf(c, "GET /direct HTTP/1.1\r\nHost: %s\r\nAccept: text/event-stream\r\nCookie: %s\r\n\r\n", address, cookie)
	check(err)
	check(c.SetReadDeadline(time.Now().Add(20 * time.Second)))
	r := bufio.NewReader(c)
	line, err := r.ReadString('\n')
	check(err)
	if !strings.HasPrefix(line, "HTTP/1.1 200") {
		stop(fmt.Errorf("a stream was answered %s", line))
	}
	for !strings.HasPrefix(line, "data: ") {
		line, err = r.ReadString('\n')
		check(err)
	}
	return c
}

// alive reads what came meanwhile: a beat, and no end.
func alive(c net.Conn) {
	check(c.SetReadDeadline(time.Now().Add(time.Second)))
	b := make([]byte, 256)
	if n, err := c.Read(b); err != nil || !strings.Contains(string(b[:n]), ":\n\n") {
		stop(fmt.Errorf("an idle stream heard %q, %v", b[:n], err))
	}
}

// serveStreams is the measured process: a school of many people, all signed in.
func serveStreams(dir string) {
	ctx, end := context.WithCancel(context.Background())
	c, err := core.New(ctx, core.Config{Data: dir, Listen: freeAddress()})
	check(err)
	_, err = c.Identity.AddSchool(ctx, audit.By{}, identity.School{ID: uai, Name: "Lycée des Mesures"})
	check(err)
	batch := identity.Batch{School: uai}
	const people = idleStreams / ofOnePerson
	for i := range people {
		login := fmt.Sprintf("personne.%d", i)
		batch.People = append(batch.People, identity.Entry{Source: login, FirstName: "P", LastName: login, Profile: ids.Eleve, Login: login, Password: "mesure-mesure-7", Keep: true})
	}
	_, err = c.Identity.SaveMembers(ctx, batch)
	check(err)
	done := make(chan error, 1)
	go func() { done <- c.Serve(ctx) }()
	(&running{url: "http://" + c.Config.Listen}).await()
	s := served{Address: c.Config.Listen}
	for i := range people {
		token, _, err := c.Identity.SignIn(ctx, fmt.Sprintf("personne.%d", i), "mesure-mesure-7", fmt.Sprintf("127.0.%d.%d", i/200, i%200+1))
		check(err)
		s.Cookies = append(s.Cookies, "preau="+token)
	}
	debug.FreeOSMemory() // what signing in took is given back: the streams shall not hide in it
	check(json.NewEncoder(os.Stdout).Encode(s))
	_, _ = io.Copy(io.Discard, os.Stdin)
	end()
	check(<-done)
}
