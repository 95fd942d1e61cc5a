using Expflow.Advice;
using Expflow.Experiments;
using Expflow.Journal;
using Expflow.Parameters;
using Expflow.Runs;
using Expflow.Tests.Experiments;
using Expflow.Tests.Journal;
using Xunit;

namespace Expflow.Tests.Advice;

public sealed class ComparabilityTests : IDisposable
{
    private readonly ExperimentFiles files = new();

    public void Dispose() => files.Dispose();

    [Fact]
    public void Runs_that_were_made_alike_are_not_warned_of() =>
        Assert.Empty(Warnings([Use(1, "NVIDIA A100", modules: "cuda/11"), Use(2, "NVIDIA A100", modules: "cuda/11")]));

    [Fact]
    public void What_nobody_noted_is_not_known_to_differ() =>
        Assert.Empty(Warnings([Use(1, "NVIDIA A100"), Use(2, null)]));

    [Fact]
    public void Another_type_of_gpu_is_told_with_the_runs_that_had_it()
    {
        var warning = Assert.Single(
            Warnings([Use(1, "NVIDIA A100"), Use(2, "NVIDIA A100"), Use(3, "Quadro RTX 8000")])
        );
        Assert.Equal("gpu_type", warning.Kind);
        Assert.StartsWith(
            $"runs of 'main' ran on different GPUs: 2 runs NVIDIA A100, 1 run Quadro RTX 8000 ({JournalEvents.Run(3).Brief});",
            warning.Words
        );
    }

    [Fact]
    public void The_same_batch_on_other_numbers_of_gpus_is_another_global_batch()
    {
        var warnings = Warnings([
            Use(1, gpus: 1, parameters: "batch_size=32"),
            Use(2, gpus: 2, parameters: "batch_size=32"),
        ]);
        Assert.Equal(["gpu_count", "batch_size"], warnings.Select(warning => warning.Kind));
        Assert.Contains(
            "if 'batch_size' is the batch of one GPU: 1 run batch_size 32 × 1 GPU, 1 run batch_size 32 × 2 GPUs",
            warnings[1].Words
        );
    }

    [Fact]
    public void Another_batch_size_that_a_sweep_asks_for_is_another_setting() =>
        Assert.Empty(
            Warnings([Use(1, gpus: 1, parameters: "batch_size=32"), Use(2, gpus: 1, parameters: "batch_size=64")])
        );

    [Theory]
    [InlineData("parameters: {precision: bf16}", true)]
    [InlineData("sweep: {grid: {precision: [bf16, fp32]}}", false)]
    public void Another_precision_is_warned_of_unless_a_sweep_asks_for_it(string parameters, bool warned)
    {
        var runs = new[] { Use(1, parameters: "precision=bf16"), Use(2, parameters: "precision=fp32") };
        var warnings = Warnings(runs, $"{parameters}\ncommand: x {{precision}}");
        Assert.Equal(warned ? ["precision"] : [], warnings.Select(warning => warning.Kind));
    }

    [Fact]
    public void Other_code_modules_and_containers_are_each_told()
    {
        var second = Submission(2);
        var runs = new[] { Use(1, modules: "cuda/11"), Use(2, modules: "cuda/12") with { Submission = second } };
        var before = files.Good("experiment: e\ncommand: x\nenvironment: {container: a.sif}");
        var after = files.Good("experiment: e\ncommand: x\nenvironment: {container: b.sif, venv: v}");
        var found = new Comparability(
            id => id == second ? after : before,
            id => id == second ? "bbbbbbbbbb" : "aaaaaaaaaa"
        ).Of(after.Stages, runs);
        Assert.Equal(["code", "modules", "container", "environment"], found.Select(warning => warning.Kind));
        Assert.Contains("1 run code aaaaaaa, 1 run code bbbbbbb", found[0].Words);
        Assert.Contains("1 run a.sif, 1 run b.sif", found[2].Words);
    }

    [Fact]
    public void Only_the_attempt_that_was_done_counts() =>
        Assert.Empty(
            Warnings([
                Use(1, "NVIDIA A100"),
                Use(2, "Quadro RTX 8000") with
                {
                    Outcome = AttemptOutcome.Failed,
                },
                Use(2, "NVIDIA A100") with
                {
                    Attempt = 2,
                },
            ])
        );

    private IReadOnlyList<ComparabilityWarning> Warnings(IReadOnlyList<AttemptUse> uses, string file = "command: x")
    {
        var experiment = files.Good($"experiment: e\n{file}");
        return new Comparability(_ => experiment, _ => "aaaaaaaaaa").Of(experiment.Stages, uses);
    }

    private static AttemptUse Use(
        int run,
        string? gpu = null,
        int gpus = 0,
        string? modules = null,
        string parameters = ""
    ) =>
        new()
        {
            Run = JournalEvents.Run(run),
            Stage = "main",
            Attempt = 1,
            Submission = Submission(1),
            Parameters = ParameterSet.Of(
                parameters
                    .Split(',', StringSplitOptions.RemoveEmptyEntries)
                    .Select(pair => pair.Split('='))
                    .Select(pair => KeyValuePair.Create(pair[0], YamlScalar.Read(pair[1])!))
            ),
            Asked =
                GpuRequest.TryParse($"{gpus}", out var asked) && gpus > 0
                    ? Resources.Open with
                    {
                        Gpus = asked,
                    }
                    : Resources.Open,
            Outcome = AttemptOutcome.Done,
            Machine = new() { Gpus = gpu is null ? [] : [gpu], Modules = modules },
        };

    private static SubmissionId Submission(int number) =>
        SubmissionId.TryParse($"20261123-12000{number}-00000000", out var id) ? id : default;
}
