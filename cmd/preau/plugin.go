package main

import "github.com/spf13/cobra"

// plugin groups what a vendor does: from an empty folder to a signed package.
// A school has modules, a vendor writes plugins: one thing, two points of view.
func (a *app) plugin() *cobra.Command {
	return group("plugin", "Write, check and package a module",
		a.pluginNew(), a.pluginDev(), a.pluginCheck(), a.pluginTest(),
		a.pluginPack(), a.pluginKeygen(), a.pluginSign(), a.pluginVerify(), a.moduleInstall(), a.moduleRemove())
}
