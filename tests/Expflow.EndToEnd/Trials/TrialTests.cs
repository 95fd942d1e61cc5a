using System.Text.Json;
using Expflow.EndToEnd.Crashes;
using Xunit;

namespace Expflow.EndToEnd.Trials;

/// <summary>Trials on this machine, with a GPU that is one by the word of a program in place of <c>nvidia-smi</c>.</summary>
public sealed class TrialTests : IDisposable
{
    // Each run is as fast as the company that it has allows: 15 steps alone, hardly more in twos, three times as many in threes.
    private const string Work = """
        #!/bin/sh
        me=busy/$EXPFLOW_RUN_ID; touch $me; left=150
        while [ $left -gt 0 ]; do
          case $(ls busy | wc -l) in 1) left=$((left - 10));; 2) left=$((left - 9));; *) left=$((left - 3));; esac
          sleep 0.1
        done
        rm $me
        """;

    private const string File = """
        experiment: shared
        snapshot: off
        sweep: {grid: {seed: 0..2}}
        command: ./work.sh {seed}
        resources: {gpus: 1}
        trial: {rounds: 1, criteria: {gpu_use: 20}}
        """;

    private readonly ScratchProject project = new();

    public TrialTests()
    {
        project.Write("shared.yaml", File);
        Directory.CreateDirectory(project["busy"]);
        Program("work.sh", Work);
        Program(
            "nvidia-smi",
            """
            #!/bin/sh
            case "$*" in *memory.total*) echo '0, GPU-1, 49152'; exit;; esac
            n=$(ls busy | wc -l)
            echo "0, GPU-1, Tried GPU, $((n * 9000)), $((n * 45))"
            """.Replace(
                "busy",
                $"\"{project["busy"].Replace("\"", "\\\"", StringComparison.Ordinal)}\"",
                StringComparison.Ordinal
            )
        );
        project.Variables["PATH"] = $"{project.Root}:{Environment.GetEnvironmentVariable("PATH")}";
        project.Variables["CUDA_VISIBLE_DEVICES"] = "0";
    }

    public void Dispose() => project.Dispose();

    [Fact]
    public void Two_runs_at_a_time_are_proposed_where_they_beat_one_and_three()
    {
        var ended = project.Run("trial", "shared.yaml", "--local", "--json");
        using var json = JsonDocument.Parse(ended.Out);
        var proposal = json.RootElement.GetProperty("proposals")[0];
        Assert.Equal(2, proposal.GetProperty("workers_per_gpu").GetInt32());
        Assert.True(proposal.GetProperty("meets_criteria").GetBoolean(), ended.Out);
        Assert.True(proposal.GetProperty("gain").GetDouble() > 1.2, ended.Out);
        var two = json.RootElement.GetProperty("measures")[1];
        Assert.Equal(
            ("Tried GPU", 49152L << 20),
            (two.GetProperty("gpu").GetString(), two.GetProperty("gpu_total").GetInt64())
        );
        Assert.Contains(
            "Best for stage main: 2 runs at a time",
            project.Run("trial", "shared.yaml", "--show").Out,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "No experiment 'shared' has been submitted",
            project.Run("status", "shared").All,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_dry_run_writes_nothing()
    {
        var ended = project.Run("trial", "shared.yaml", "--local", "--dry-run");
        Assert.Contains(
            "stage main: 1, 2 and 3 at a time on 1 GPU, 1 variant, 6 runs",
            ended.Out,
            StringComparison.Ordinal
        );
        Assert.False(Directory.Exists(project[".expflow"]));
    }

    [Fact]
    public void Too_few_GPUs_are_told_before_anything_is_tried()
    {
        project.Variables["CUDA_VISIBLE_DEVICES"] = "";
        var ended = project.Run("trial", "shared.yaml", "--local");
        Assert.Equal(2, ended.Code);
        Assert.Contains("asks for 1 GPU, and 0 can be seen here", ended.Error, StringComparison.Ordinal);
    }

    private void Program(string name, string script)
    {
        project.Write(name, script + "\n");
        System.IO.File.SetUnixFileMode(project[name], UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }
}
