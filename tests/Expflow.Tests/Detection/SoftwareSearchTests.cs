using Expflow.Detection;
using Xunit;

namespace Expflow.Tests.Detection;

/// <summary>Module systems, containers and conda, wherever sites have put them.</summary>
public sealed class SoftwareSearchTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Theory]
    [InlineData(
        "LMOD_CMD=/opt/lmod/libexec/lmod;LMOD_VERSION=8.7.30;MODULESHOME=/opt/lmod",
        "Lmod 8.7.30 /opt/lmod/libexec/lmod"
    )]
    [InlineData(
        "MODULES_CMD=/usr/lib/modulecmd.tcl;MODULESHOME=/usr/share/Modules",
        "Environment Modules  /usr/lib/modulecmd.tcl"
    )]
    [InlineData(
        "MODULESHOME=/usr/share/Modules;MODULE_VERSION=3.2.10",
        "Environment Modules 3.2.10 /usr/share/Modules"
    )]
    [InlineData("MODULESHOME=/opt/apps/lmod/lmod", "Lmod  /opt/apps/lmod/lmod")]
    public void A_module_system_is_known_by_its_variables(string variables, string expected) =>
        Assert.Equal(expected, Of(Search(variables).Modules()));

    [Theory]
    [InlineData("usr/share/lmod/lmod/init/bash", "Lmod")]
    [InlineData("etc/profile.d/modules.sh", "Environment Modules")]
    public void A_job_has_no_such_variables_and_files_tell_of_it(string file, string name)
    {
        Make(file);
        Assert.StartsWith(name, Of(Search("").Modules()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("echo apptainer version 1.2.3-1.el8", "apptainer 1.2.3-1.el8 ")]
    [InlineData("exit 1", "apptainer  ")]
    public void A_container_program_tells_its_version(string script, string expected)
    {
        Make("bin/apptainer", script);
        Assert.StartsWith(expected, Of(Search($"PATH={folder["bin"]}").Containers()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_program_that_hangs_is_there_without_a_version()
    {
        Make("bin/singularity", "exec sleep 1000");
        var search = new SoftwareSearch(
            new Dictionary<string, string> { ["PATH"] = $"{folder["bin"]}:/usr/bin:/bin" },
            null,
            TimeSpan.FromMilliseconds(100),
            folder.Path
        );
        Assert.Equal($"singularity  {folder["bin/singularity"]}", Of(search.Containers()));
    }

    [Fact]
    public void Conda_is_found_in_its_usual_folder_and_its_version_without_starting_it()
    {
        Make("home/miniforge3/bin/conda", "touch $0.started");
        Make("home/miniforge3/conda-meta/conda-24.3.0-py310_0.json");
        Assert.Equal($"conda 24.3.0 {folder["home/miniforge3/bin/conda"]}", Of(Search("").Conda()));
        Assert.False(File.Exists(folder["home/miniforge3/bin/conda.started"]));
    }

    [Fact]
    public void Conda_named_by_its_variable_is_found_behind_its_link()
    {
        Make("apps/conda/bin/conda");
        Make("apps/conda/conda-meta/conda-4.9.2-py38_0.json");
        File.CreateSymbolicLink(folder["conda"], folder["apps/conda/bin/conda"]);
        Assert.Equal($"conda 4.9.2 {folder["conda"]}", Of(Search($"CONDA_EXE={folder["conda"]}").Conda()));
    }

    [Fact]
    public void What_is_not_here_is_said_to_be_absent()
    {
        var search = Search("PATH=/nowhere");
        Assert.All(
            [search.Modules(), search.Containers(), search.Conda()],
            found => Assert.IsType<Finding<Software>.Absent>(found)
        );
    }

    private SoftwareSearch Search(string variables) =>
        new(
            variables
                .Split(';', StringSplitOptions.RemoveEmptyEntries)
                .Select(pair => pair.Split('=', 2))
                .ToDictionary(pair => pair[0], pair => pair[1]),
            folder["home"],
            TimeSpan.FromSeconds(30),
            folder.Path
        );

    private static string Of(Finding<Software> found) =>
        found is Finding<Software>.Known { Value: var one } ? $"{one.Name} {one.Version} {one.Where}" : $"{found}";

    private void Make(string file, string script = "exit 0")
    {
        Directory.CreateDirectory(Path.GetDirectoryName(folder[file])!);
        File.WriteAllText(folder[file], $"#!/bin/sh\n{script}\n");
        File.SetUnixFileMode(folder[file], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    public void Dispose() => folder.Dispose();
}
