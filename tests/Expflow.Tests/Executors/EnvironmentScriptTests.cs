using System.Diagnostics;
using Expflow.Executors;
using Expflow.Experiments;
using Expflow.Templates;
using Xunit;

namespace Expflow.Tests.Executors;

/// <summary>What is set up before a command, carried out by the real shell among programs of the test's own.</summary>
public sealed class EnvironmentScriptTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly Dictionary<string, string> variables = [];

    public EnvironmentScriptTests()
    {
        foreach (var name in (string[])["bin", "project", "project/code", "project/runs", "home"])
            Directory.CreateDirectory(folder[name]);
        variables["PATH"] = $"{folder["bin"]}:/usr/bin:/bin";
        variables["HOME"] = folder["home"];
        variables["NOTES"] = folder.Path;
        // A profile as sites have them: it prints, it is strict, it leaves a trap behind.
        Write(
            "modules/init/bash",
            "echo Welcome; module() { echo \"module $*\" >&2; [ \"$2\" != missing ]; }; set -eu; trap 'echo trapped' DEBUG\n"
        );
        variables["MODULESHOME"] = folder["modules"];
    }

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("", 75, "saved\n")]
    [InlineData("export A=1", 75, "saved\n")]
    [InlineData("", 0, "saved\nnext\n")]
    public void A_signal_leaves_the_command_time_to_save_and_its_code_is_the_runs(string setup, int code, string output)
    {
        var environment = new EnvironmentSpec { Setup = setup.Length > 0 ? [setup] : [] };

        var ran = Run(environment, $"sh -c 'kill -TERM $PPID; echo saved; exit {code}'\necho next");

        Assert.Equal((code, output, ""), ran);
    }

    [Fact]
    public void Modules_are_loaded_whatever_the_sites_profile_does()
    {
        var ran = Run(new() { Modules = ["cuda/11.8.0", "my tool"] }, "echo \"[$unset]\"; false; echo on");

        Assert.Equal((0, "[]\non\n", "module load cuda/11.8.0\nmodule load my tool\n"), ran);
    }

    [Fact]
    public void A_module_that_is_not_there_ends_the_run_and_is_named()
    {
        var (code, output, said) = Run(new() { Modules = ["missing"] }, "echo ran");

        Assert.Equal((1, ""), (code, output));
        Assert.EndsWith("expflow: 'module load missing' failed with exit code 1\n", said, StringComparison.Ordinal);
    }

    [Fact]
    public void Setup_lines_are_one_script_and_what_they_set_reaches_the_command()
    {
        var setup = new[] { "if [ -z \"$nothing\" ]", "then export WORD='a b'", "fi", "grep -q x /dev/null || true" };

        Assert.Equal((0, "a b\n", ""), Run(new() { Setup = setup }, "false\necho \"$WORD\""));
    }

    [Theory]
    [InlineData("sh -c 'exit 7'", 7, "expflow: 'setup' failed with exit code 7 at: sh -c 'exit 7'\n")]
    [InlineData(
        "echo one; cat nowhere 2>/dev/null",
        1,
        "expflow: 'setup' failed with exit code 1 at: cat nowhere 2> /dev/null\n"
    )]
    [InlineData("go() { return 4; }; go", 4, "expflow: 'setup' failed with exit code 4 at: ")]
    public void A_setup_line_that_fails_ends_the_run_with_its_code_and_is_named(string line, int code, string said)
    {
        var ran = Run(new() { Setup = [line, "echo not this"] }, "echo nor this");

        Assert.Equal(code, ran.Code);
        Assert.DoesNotContain("this", ran.Output, StringComparison.Ordinal);
        Assert.StartsWith(said, ran.Said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(".venv")]
    [InlineData("~/env s/one")]
    [InlineData("$BASE/one")]
    public void A_venv_is_found_where_people_keep_them(string venv)
    {
        variables["BASE"] = folder["base $(x)"];
        foreach (var place in (string[])["project/.venv", "home/env s/one", "base $(x)/one"])
            Write($"{place}/bin/activate", "VIRTUAL_ENV=on\n[ -n \"$PS1\" ]; true\n");

        Assert.Equal((0, "on\n", ""), Run(new() { Venv = venv }, "echo $VIRTUAL_ENV"));
    }

    [Fact]
    public void A_venv_that_is_not_there_is_named()
    {
        var (code, _, said) = Run(new() { Venv = ".venv" }, "echo ran");

        Assert.Equal(127, code);
        Assert.Equal($"expflow: there is no virtual environment's {folder["project/.venv/bin/activate"]}\n", said);
    }

    [Fact]
    public void A_conda_environment_is_activated_after_the_modules()
    {
        Program(
            "conda",
            "[ \"$1 $2\" = 'shell.bash hook' ] && echo 'conda() { echo \"conda $*\" >&2; [ \"$2\" != missing ]; }'"
        );

        Assert.Equal(
            (0, "ran\n", "module load cuda\nconda activate /envs/a b\n"),
            Run(new() { Modules = ["cuda"], Conda = "/envs/a b" }, "echo ran")
        );
        Assert.Equal(1, Run(new() { Conda = "missing" }, "echo ran").Code);
    }

    [Fact]
    public void Without_conda_or_modules_the_message_says_what_is_missing()
    {
        variables.Remove("MODULESHOME");

        Assert.StartsWith("expflow: there is no program 'conda' in PATH", Run(new() { Conda = "x" }, "echo").Said);
        var (code, _, said) = Run(new() { Modules = ["x"] }, "echo");
        Assert.Equal(127, code);
        Assert.StartsWith("expflow: there is no command 'module' on ", said, StringComparison.Ordinal);
    }

    [Fact]
    public void A_container_goes_around_setup_and_command_but_not_around_modules()
    {
        FakeContainers("apptainer");
        variables["EXPFLOW_RUN_DIR"] = folder["project/runs"];
        var environment = new EnvironmentSpec
        {
            Modules = ["cuda"],
            Setup = ["WORD='it'\\''s'"],
            Container = new("image.sif") { Binds = ["/data:/inside:ro", "$HOME/x"], Options = ["--cleanenv"] },
        };

        var (code, output, said) = Run(
            environment,
            "echo \"$WORD\" \"$APPTAINERENV_EXPFLOW_RUN_DIR\"; exit 9",
            gpus: 1
        );

        Assert.Equal((9, "module load cuda\n"), (code, said));
        Assert.Equal(
            $"""
            exec
            --nv
            --bind
            /data:/inside:ro
            --bind
            {folder["home/x"]}
            --cleanenv
            --bind
            {folder["project"]}
            --pwd
            {folder["project/code"]}
            {folder["project/image.sif"]}
            ---
            it's {folder["project/runs"]}

            """,
            output
        );
    }

    [Fact]
    public void Folders_behind_a_link_and_odd_names_are_shown_in_the_container_too()
    {
        FakeContainers("singularity");
        Directory.CreateDirectory(folder["else, where"]);
        Directory.Delete(folder["project/runs"]);
        Directory.CreateSymbolicLink(folder["project/runs"], folder["else, where"]);

        var (_, output, _) = Run(
            new()
            {
                Container = new("docker://ubuntu:24.04") { Overlays = ["a b.ext3:ro"], Gpu = false },
            },
            "echo ran",
            gpus: 1
        );

        Assert.Equal(
            $"""
            exec
            --overlay
            {folder["project/a b.ext3"]}:ro
            --bind
            {folder["project"]}
            --mount
            type=bind,"source={folder["else, where"]}","destination={folder["else, where"]}"
            --pwd
            {folder["project/code"]}
            docker://ubuntu:24.04
            ---
            ran

            """,
            output
        );
    }

    [Theory]
    [InlineData(null, "'apptainer' or 'singularity'")]
    [InlineData("singularity", "'singularity'")]
    public void A_container_without_its_program_says_so(string? program, string named)
    {
        FakeContainers("apptainer-of-another-name");
        var (code, _, said) = Run(new() { Container = new("a.sif") { Program = program } }, "echo ran");

        Assert.Equal(127, code);
        Assert.StartsWith($"expflow: there is no program {named} in PATH on ", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("echo $(basename $CUDA_MPS_PIPE_DIRECTORY); exit 5", 5)]
    [InlineData("exec sh -c 'echo pipe; exit 6'", 6)]
    [InlineData("echo pipe; kill -TERM $$; exit 7", 7)]
    public void Mps_is_ended_however_the_command_ends(string command, int code)
    {
        FakeMps("exit 0");

        var ran = Run(new() { Mps = true }, command, gpus: 1);

        Assert.Equal((code, "pipe\n"), (ran.Code, ran.Output));
        Assert.Equal("start\nquit\n", File.ReadAllText(folder["mps.log"]));
        Assert.False(Directory.Exists(Path.GetDirectoryName(File.ReadAllText(folder["pipe"]).Trim())));
    }

    [Fact]
    public void Mps_that_cannot_start_ends_the_run_and_says_why()
    {
        FakeMps("echo 'no GPU' > \"$CUDA_MPS_LOG_DIRECTORY/control.log\"; exit 3");

        Assert.Equal(
            (3, "", "no GPU\nexpflow: MPS can't be started: 'nvidia-cuda-mps-control -d' failed with exit code 3\n"),
            Run(new() { Mps = true }, "echo ran", gpus: 1)
        );
        File.Delete(folder["bin/nvidia-cuda-mps-control"]);
        Assert.Equal(127, Run(new() { Mps = true }, "echo ran", gpus: 1).Code);
    }

    [Fact]
    public void Mps_stays_outside_a_container_and_is_shown_in_it()
    {
        FakeContainers("apptainer");
        FakeMps("exit 0");

        var (code, output, _) = Run(
            new() { Mps = true, Container = new("a.sif") },
            "echo \"$APPTAINERENV_CUDA_MPS_PIPE_DIRECTORY\"; exit 4",
            gpus: 1
        );

        var pipe = File.ReadAllText(folder["pipe"]).Trim();
        Assert.Equal(4, code);
        Assert.Contains($"--bind\n{Path.GetDirectoryName(pipe)}\n", output, StringComparison.Ordinal);
        Assert.EndsWith($"---\n{pipe}\n", output, StringComparison.Ordinal);
        Assert.Equal("start\nquit\n", File.ReadAllText(folder["mps.log"]));
    }

    // Prints its arguments up to the image's, and then does as the real one: runs the command.
    private void FakeContainers(string name) =>
        Program(name, "while [ \"$1\" != /bin/sh ]; do echo \"$1\"; shift; done; echo ---; exec \"$@\"");

    private void FakeMps(string start) =>
        Program(
            "nvidia-cuda-mps-control",
            $"""
            if [ "$1" = -d ]; then echo start >> "$NOTES/mps.log"; echo "$CUDA_MPS_PIPE_DIRECTORY" > "$NOTES/pipe"; {start}
            else cat >> "$NOTES/mps.log"; fi
            """
        );

    private void Program(string name, string text)
    {
        Write($"bin/{name}", $"#!/bin/sh\n{text}\n");
        File.SetUnixFileMode(folder[$"bin/{name}"], (UnixFileMode)0b111_101_101);
    }

    private void Write(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(folder[name])!);
        File.WriteAllText(folder[name], text);
    }

    private ScriptFolders Folders() =>
        new(folder["project"], folder["project/code"], folder["project/runs"], folder["project/code"]);

    private static Stage Stage(EnvironmentSpec environment, int gpus = 0) =>
        new()
        {
            Name = "s",
            Command = new CommandTemplate("x", [], null),
            Uses = [],
            Environment = environment,
            Resources = GpuRequest.TryParse($"{gpus}", out var asked) ? new() { Gpus = asked } : Resources.Open,
        };

    private (int Code, string Output, string Said) Run(EnvironmentSpec environment, string command, int gpus = 0)
    {
        var start = new ProcessStartInfo("/bin/bash")
        {
            ArgumentList = { "-c", EnvironmentScript.With(Stage(environment, gpus), Folders(), command) },
            WorkingDirectory = folder["project/code"],
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Clear();
        foreach (var (name, value) in variables)
            start.Environment[name] = value;
        using var shell = Process.Start(start)!;
        var said = shell.StandardError.ReadToEndAsync();
        var output = shell.StandardOutput.ReadToEnd();
        shell.WaitForExit();
        return (shell.ExitCode, output, said.Result);
    }
}
