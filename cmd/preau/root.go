package main

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/preau-ent/preau/core/control"
)

// app is what every verb shares: the flags, where to print and the words.
type app struct {
	data    string
	listen  string
	modules []string
	confine string
	runner  string
	json    bool
	lang    string

	out, err io.Writer
	say      speech
}

// run does one command and returns its exit code.
func run(ctx context.Context, args []string, out, err io.Writer) int {
	a := &app{out: out, err: err}
	root := a.root()
	root.SetArgs(args)
	root.SetOut(out)
	root.SetErr(err)
	return a.exit(root.ExecuteContext(ctx))
}

func (a *app) root() *cobra.Command {
	root := &cobra.Command{
		Use:           "preau",
		Short:         "Préau, the digital workspace of a school",
		Long:          "Préau, the digital workspace (ENT) of a French school.\n\nEvery verb works whether or not the server runs on the data folder.\nEach flag below is also an environment variable: PREAU_DATA, PREAU_LISTEN, PREAU_MODULES, PREAU_CONFINEMENT, PREAU_LANG.",
		SilenceUsage:  true,
		SilenceErrors: true,
		PersistentPreRunE: func(*cobra.Command, []string) (err error) {
			a.say, err = newSpeech(a.lang)
			return err
		},
	}
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return usage{err} })
	f := root.PersistentFlags()
	f.StringVar(&a.data, "data", env("PREAU_DATA", "./data"), "folder of everything that is kept")
	f.StringVar(&a.listen, "listen", env("PREAU_LISTEN", "127.0.0.1:8080"), "address of the pages")
	f.StringSliceVar(&a.modules, "modules", modulesDefault(), "folders of modules")
	f.StringVar(&a.confine, "confinement", env("PREAU_CONFINEMENT", "on"), "confine modules: on, off")
	f.StringVar(&a.runner, "container", env("PREAU_CONTAINER", ""), "who makes the containers of modules that ask for one: bwrap, runsc")
	f.StringVar(&a.lang, "lang", env("PREAU_LANG", langDefault()), "language of messages: fr, en")
	f.BoolVar(&a.json, "json", false, "print JSON")
	root.AddCommand(a.demo(), a.serve(), a.school(), a.person(), a.imports(), a.module(), a.plugin(), a.theme(), a.search(), a.doctor(), a.version(), a.launch())
	return root
}

// connect reaches the data folder, through the server when one runs.
func (a *app) connect(ctx context.Context, create bool) (control.Conn, error) {
	return control.Open(ctx, control.Options{Data: a.data, Modules: a.modules, Create: create})
}

// with connects, does one thing and closes.
func (a *app) with(ctx context.Context, create bool, do func(control.Conn) error) error {
	conn, err := a.connect(ctx, create)
	if err != nil {
		return err
	}
	if err := do(conn); err != nil {
		conn.Close()
		return err
	}
	return conn.Close()
}

func env(name, otherwise string) string {
	if v := os.Getenv(name); v != "" {
		return v
	}
	return otherwise
}

// modulesDefault is the folder "modules" next to the program, where there is one.
func modulesDefault() []string {
	if v := os.Getenv("PREAU_MODULES"); v != "" {
		return filepath.SplitList(v)
	}
	program, err := os.Executable()
	if err != nil {
		return nil
	}
	dir := filepath.Join(filepath.Dir(program), "modules")
	if _, err := os.Stat(dir); err != nil {
		return nil
	}
	return []string{dir}
}

// langDefault is French unless the operator's system says English.
func langDefault() string {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if v := os.Getenv(name); v != "" {
			if strings.HasPrefix(v, "en") {
				return "en"
			}
			break
		}
	}
	return "fr"
}

// group makes a command that only has sub-commands.
func group(use, short string, verbs ...*cobra.Command) *cobra.Command {
	c := &cobra.Command{Use: use, Short: short, Args: usageArgs(cobra.NoArgs), RunE: func(c *cobra.Command, _ []string) error { return c.Help() }}
	c.AddCommand(verbs...)
	return c
}
