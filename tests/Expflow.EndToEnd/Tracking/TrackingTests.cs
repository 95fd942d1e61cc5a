using System.Text.Json;
using Xunit;

namespace Expflow.EndToEnd.Tracking;

public sealed class TrackingTests
{
    private const string Grid = """
        experiment: e
        snapshot: off
        sweep: {grid: {lr: [1, 2], seed: 0..2}}
        command: 'echo start {lr} {seed}; test {lr} = 1'
        """;

    [Fact]
    public async Task Status_and_verify_agree_with_what_ran_and_see_what_never_did()
    {
        using var project = new ScratchProject(Grid);
        Assert.Equal(1, (await project.ShellAsync("expflow run e.yaml")).Code);
        var (code, status) = await project.ShellAsync("expflow status --json");
        Assert.Equal((1, "6 3 3 3"), (code, Numbers(status, "runs", "done", "failed", "holes")));
        (code, var verified) = await project.ShellAsync("expflow verify e.yaml --set seed=0..3 --json");
        Assert.Equal((1, "8 3 3 5"), (code, Numbers(verified, "runs", "done", "failed", "holes")));
        Assert.Equal(2, Reasons(verified).Count(reason => reason == "never submitted"));
    }

    [Fact]
    public async Task A_later_stage_goes_on_from_where_its_upstream_is_done()
    {
        using var project = new ScratchProject(
            """
            experiment: e
            snapshot: off
            sweep: {grid: {seed: 0..1}}
            stages:
              first: {command: '(test {seed} != 1 || test -e fixed) && echo {seed} > {run.dir}/out', outputs: [out]}
              second: {needs: first, command: 'cat {first.dir}/out'}
            """
        );
        Assert.Equal(2, (await project.ShellAsync("expflow run e.yaml --from second")).Code);
        Assert.Equal(1, (await project.ShellAsync("expflow run e.yaml --stages first")).Code);
        Assert.Equal(2, (await project.ShellAsync("expflow run e.yaml --stages second")).Code);
        Assert.Equal(0, (await project.ShellAsync("touch fixed; expflow retry e")).Code);
        var (code, printed) = await project.ShellAsync("expflow run e.yaml --from second");
        Assert.Equal(0, code);
        Assert.Contains("2 runs: 2 new", printed);
        Assert.Contains("4 runs: 4 already done", (await project.ShellAsync("expflow run e.yaml")).Printed);
    }

    [Fact]
    public async Task Retry_runs_what_failed_with_the_command_as_it_is_now()
    {
        using var project = new ScratchProject(Grid);
        await project.ShellAsync("expflow run e.yaml --set seed=0..1");
        var (code, again) = await project.ShellAsync("expflow retry e --where 'seed == 1'");
        Assert.Equal(1, code);
        Assert.Contains("1 run to run again", again);
        (code, again) = await project.ShellAsync("sed -i 's/= 1/!= 3/' e.yaml; expflow retry e");
        Assert.Equal(0, code);
        Assert.Contains("2 runs to run anew", again);
        Assert.Equal(
            "4 4 0 0",
            Numbers((await project.ShellAsync("expflow status --json")).Printed, "runs", "done", "failed", "holes")
        );
    }

    [Fact]
    public async Task Cancel_ends_what_runs_and_takes_out_what_waits_but_of_this_experiment_only()
    {
        using var project = new ScratchProject(
            Grid.Replace("echo start {lr} {seed}; test {lr} = 1", "sleep 6{lr}.{seed}")
        );
        await project.ShellAsync(
            "sed 's/experiment: e/experiment: e1/; s/sleep.*seed}/true {lr} {seed}/' e.yaml > e1.yaml"
        );
        await project.ShellAsync("expflow submit e.yaml; expflow submit e1.yaml");
        Assert.Equal(0, (await project.ShellAsync("expflow cancel e --yes")).Code);
        Assert.Equal(1, (await project.ShellAsync("expflow watch e")).Code);
        Assert.Equal(0, (await project.ShellAsync("expflow watch e1")).Code);
        Assert.Equal(
            "6 0",
            Numbers((await project.ShellAsync("expflow status e --json")).Printed, "cancelled", "running")
        );
        Assert.Equal(2, (await project.ShellAsync("expflow cancel 2>/dev/null")).Code);
    }

    [Fact]
    public async Task Logs_hand_bytes_on_as_they_are_without_escape_codes()
    {
        using var project = new ScratchProject(
            """
            experiment: e
            snapshot: off
            command: "printf 'first\\n\\033[31mred\\033[0m \\377\\n'"
            """
        );
        await project.ShellAsync("expflow run e.yaml");
        Assert.Equal((0, "first\nred \u00ff\n"), await project.ShellAsync("expflow logs e"));
        Assert.Equal((0, "red \u00ff\n"), await project.ShellAsync("expflow logs runs/e/main/* --tail 1 -f"));
    }

    [Fact]
    public async Task Packed_runs_have_logs_too()
    {
        using var project = new ScratchProject("keep: packed\n" + Grid);
        await project.ShellAsync("expflow run e.yaml");
        Assert.Equal((0, "start 1 2\n"), await project.ShellAsync("expflow logs e lr=1.0,seed=2"));
    }

    private static string Numbers(string json, params string[] names)
    {
        using var document = JsonDocument.Parse(json);
        return string.Join(' ', names.Select(name => document.RootElement.GetProperty(name).GetInt32()));
    }

    private static string?[] Reasons(string json)
    {
        using var document = JsonDocument.Parse(json);
        return
        [
            .. document
                .RootElement.GetProperty("list")
                .EnumerateArray()
                .Select(run => run.GetProperty("reason").GetString()),
        ];
    }
}
