package host

// complain keeps among the module's lines what a call suffered from it; like
// those, no more than so many a second.
func (w *worker) complain(what string, err error) {
	w.way.Add("warn", "preau: "+what+" failed: "+err.Error())
}
