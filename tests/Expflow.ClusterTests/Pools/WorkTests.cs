using System.Text.Json;
using Xunit;

namespace Expflow.ClusterTests.Pools;

/// <summary>What workers carry out: stages that need others, GPUs that runs share, cancelled and failed runs, very many short ones.</summary>
public sealed class WorkTests(Clusters clusters) : PoolTest(clusters)
{
    [Fact]
    public async Task Two_workers_share_a_GPU_and_never_more()
    {
        await Give(
            $$$"""
            sweep: {grid: {x: 0..23}}
            resources: {gpus: 1}
            command: |
              at=gpus/$CUDA_VISIBLE_DEVICES; mkdir -p $at; touch $at/{x}
              echo $CUDA_VISIBLE_DEVICES $(ls $at | wc -l) >> {project.dir}/shared
              sleep 0.3; rm $at/{x}; {{{Done}}}
            """
        );
        await Start(
            "--partition",
            "gpu",
            "--gres",
            "gpu:rtx8000:2",
            "--workers-per-gpu",
            "2",
            "--max-hours",
            "1",
            "--idle",
            "0"
        );
        await WaitForRuns("24 done");
        AssertOnceEach(24);
        var shared = Lines("shared").Select(line => line.Split(' ')).ToList();
        Assert.All(shared, line => Assert.InRange(int.Parse(line[1]), 1, 2));
        Assert.Contains(shared, line => line[1] == "2");
        Assert.Equal(["0", "1"], shared.Select(line => line[0]).Distinct().Order());
    }

    [Fact]
    public async Task A_run_of_another_type_of_GPU_waits_for_the_allocation_that_has_it()
    {
        await Give("resources: {gpus: 'a100:1'}\ncommand: 'echo $SLURMD_NODENAME > {project.dir}/where'");
        await Start("--partition", "gpu", "--gres", "gpu:rtx8000:1", "--max-hours", "1", "--idle", "2s");
        await WaitUntilOver();
        await WaitForRuns("1 pending");
        await Start("--partition", "gpu", "--gres", "gpu:a100:1", "--max-hours", "1", "--idle", "0");
        await WaitForRuns("1 done");
        Assert.Equal("gpu02\n", Project.Read("where"));
    }

    [Fact]
    public async Task A_stage_waits_for_what_it_needs_and_what_needs_a_failed_run_waits_on()
    {
        await Give(
            $$$"""
            sweep: {grid: {x: 0..3}}
            stages:
              a: {command: '[ {x} != 3 -o -e {project.dir}/good ] && echo {x} > {run.dir}/m', outputs: [m]}
              b: {needs: [a], command: 'cat {a.dir}/m; {{{Done}}}'}
            """
        );
        await Start("--workers", "3", "--max-hours", "1", "--idle", "3s");
        await WaitForRuns("6 done 1 failed 1 pending");
        await WaitUntilOver();
        AssertOnceEach(3);
        var waits = Assert.Single(await Look(), run => run.State == "pending");
        Assert.Contains("which failed", waits.Reason);
        Project.Write("good", "");
        await Start("--workers", "3", "--max-hours", "1");
        Assert.Contains("to run again", (await Project.Run("retry", "s", "--detach")).Text);
        await WaitForRuns("8 done");
    }

    [Fact]
    public async Task What_is_cancelled_is_not_started_and_what_runs_is_ended()
    {
        await Give(
            $"command: 'echo {{x}} >> {{project.dir}}/begun; until [ -e {{project.dir}}/go ]; do sleep 0.1; done; {Done}'\n{Sweep(6)}"
        );
        await Start("--workers", "2", "--max-hours", "1", "--idle", "5s");
        await WaitFor("two have begun", () => Lines("begun").Length == 2);
        var (running, pending) = (
            int.Parse(Lines("begun")[0]),
            Enumerable.Range(0, 6).Except(Lines("begun").Select(int.Parse)).First()
        );
        await Project.Run("cancel", "s", "--where", $"x == {running}", "--yes");
        await Project.Run("cancel", "s", "--where", $"x == {pending}", "--yes");
        Project.Write("go", "");
        await WaitForRuns("4 done 2 cancelled");
        AssertOnceEach(4);
        await WaitUntilOver();
        Assert.Equal(0, (await LookAtPool()).Waiting);
    }

    [Fact]
    public async Task What_failed_is_tried_again_by_its_policy_and_by_hand()
    {
        await Give(
            "retry: {failed: {times: 1}}\ncommand: 'echo {x} >> {project.dir}/tries; [ -e {project.dir}/good ]'\n"
                + Sweep(2)
        );
        await Start("--workers", "2", "--max-hours", "1");
        await WaitForRuns("2 failed");
        Assert.Equal(4, Lines("tries").Length);
        Project.Write("good", "");
        Assert.Contains("2 runs to run again", (await Project.Run("retry", "s", "--detach")).Text);
        await WaitForRuns("2 done");
        Assert.Equal(6, Lines("tries").Length);
    }

    [Fact]
    public async Task Where_runs_are_is_told()
    {
        await Give($"command: 'echo {{x}}; until [ -e {{project.dir}}/go ]; do sleep 0.1; done'\n{Sweep(3)}");
        Assert.Contains("waits in pool 'main'", (await Project.Run("status", "s", "--show", "pending")).Out);
        Assert.Contains("pool 'main'", (await Project.Run("status", "s")).Out);
        await Start("--workers", "2", "--max-hours", "1");
        await WaitFor("two run", async () => (await LookAtPool()).Running.Count == 2);
        var running = (await Look()).First(run => run.State == "running");
        Assert.Equal("cpu01", running.Node);
        Assert.Contains("on cpu01", await Explain(running.Id));
        Project.Write("go", "");
        Assert.Equal(0, (await Project.Run("watch", "s")).Code);
        Assert.Contains("3 verified", (await Project.Run("verify", "s")).Out);
        Assert.Equal("0\n", (await Project.Run("logs", (await Look())[0].Id)).Out);
    }

    [Fact]
    public async Task Ten_thousand_short_runs_leave_few_files_and_are_read_as_if_they_were_single_ones()
    {
        await Give(
            $"keep: packed\ncommand: 'echo said {{x}}; echo \"{{{{\\\"loss\\\": {{x}}}}}}\" >> \"$EXPFLOW_METRICS\"'\n{Sweep(10_000)}"
        );
        await Start("--allocations", "2", "--workers", "4", "--max-hours", "1", "--idle", "0");
        await WaitForRuns("10000 done", 240);
        await WaitUntilOver();
        Assert.InRange(Directory.GetFileSystemEntries(Project.Root, "*", SearchOption.AllDirectories).Length, 1, 999);
        using var results = JsonDocument.Parse(
            (await Project.Run("results", "s", "--where", "x == 7777", "--json")).Text
        );
        Assert.Contains("7777", results.RootElement.ToString());
        Assert.Equal("said 7777\n", (await Project.Run("logs", "s", "x=7777")).Out);
    }

    [Fact]
    public async Task MPS_is_started_once_an_allocation_and_ended_with_it()
    {
        var bin = Directory.CreateDirectory(Path.Combine(Project.Home, "mps")).FullName;
        var program = Path.Combine(bin, "nvidia-cuda-mps-control");
        File.WriteAllText(
            program,
            $"#!/bin/sh\nif [ \"$1\" = -d ]; then echo start $CUDA_MPS_PIPE_DIRECTORY >> '{Project.Home}/mps.log'; else read word; echo $word >> '{Project.Home}/mps.log'; fi\n"
        );
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Project.Variables["PATH"] = $"{bin}:{Environment.GetEnvironmentVariable("PATH")}";
        await Give(
            $"resources: {{gpus: 1}}\ncommand: 'echo {{x}} $CUDA_MPS_PIPE_DIRECTORY >> {{project.dir}}/pipes'\n{Sweep(4)}"
        );
        await Start(
            "--partition",
            "gpu",
            "--gres",
            "gpu:rtx8000:1",
            "--workers-per-gpu",
            "2",
            "--mps",
            "--max-hours",
            "1",
            "--idle",
            "0"
        );
        await WaitForRuns("4 done");
        await WaitUntilOver();
        var log = File.ReadAllLines(Path.Combine(Project.Home, "mps.log"));
        Assert.Equal(["start", "quit"], log.Select(line => line.Split(' ')[0]));
        var pipe = log[0].Split(' ')[1];
        Assert.All(Lines("pipes"), line => Assert.Equal(pipe, line.Split(' ')[1]));
    }
}
