package web

import (
	"github.com/prometheus/client_golang/prometheus"

	"github.com/preau-ent/preau/core/host"
	"github.com/preau-ent/preau/core/host/supervise"
)

// moduleMetrics tells how the modules are at the moment somebody asks.
type moduleMetrics struct {
	modules  func() []host.Status
	rss      *prometheus.Desc
	fds      *prometheus.Desc
	restarts *prometheus.Desc
	state    *prometheus.Desc
	circuit  *prometheus.Desc
	halted   *prometheus.Desc
}

func newModuleMetrics(modules func() []host.Status) *moduleMetrics {
	desc := func(name, help string, labels ...string) *prometheus.Desc {
		return prometheus.NewDesc("preau_module_"+name, help, append([]string{"module"}, labels...), nil)
	}
	return &moduleMetrics{
		modules:  modules,
		rss:      desc("rss_bytes", "Resident memory of the module's process."),
		fds:      desc("fds", "Open descriptors of the module's process."),
		restarts: desc("restarts_total", "Starts of the module's process after the first."),
		state:    desc("state", "1 for the state the module is in.", "state"),
		circuit:  desc("circuit", "1 for whether calls of the module go through: closed, half-open or open.", "circuit"),
		halted:   desc("halted", "1 when the module is stopped by hand for everybody."),
	}
}

// Describe implements prometheus.Collector.
func (m *moduleMetrics) Describe(to chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{m.rss, m.fds, m.restarts, m.state, m.circuit, m.halted} {
		to <- d
	}
}

// Collect implements prometheus.Collector.
func (m *moduleMetrics) Collect(to chan<- prometheus.Metric) {
	gauge := func(d *prometheus.Desc, value float64, labels ...string) {
		to <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, value, labels...)
	}
	for _, s := range m.modules() {
		id := string(s.ID)
		if s.RSS > 0 { // of a process that was looked at
			gauge(m.rss, float64(s.RSS), id)
		}
		if s.FDs > 0 {
			gauge(m.fds, float64(s.FDs), id)
		}
		to <- prometheus.MustNewConstMetric(m.restarts, prometheus.CounterValue, float64(s.Restarts), id)
		for _, state := range supervise.States() {
			gauge(m.state, one(s.State == state), id, string(state))
		}
		for _, c := range []host.Circuit{host.Closed, host.HalfOpen, host.Open} {
			gauge(m.circuit, one(s.Circuit == c), id, string(c))
		}
		gauge(m.halted, one(s.Halted), id)
	}
}

func one(yes bool) float64 {
	if yes {
		return 1
	}
	return 0
}

var _ prometheus.Collector = (*moduleMetrics)(nil)
