using Expflow.Experiments;
using Expflow.Metrics;
using Expflow.Sweeps;
using Xunit;

namespace Expflow.Tests.Experiments;

public sealed class ExperimentReaderTests : IDisposable
{
    private const string KdGat = """
        experiment: kd-gat
        extends: templates/base.yaml
        parameters: {epochs: 400, lr: 0.003}
        sweep:
          grid: {dataset: [hcrl_sa, hcrl_ch, set_01], seed: 0..4}
          exclude: [{dataset: set_01, seed: 4}]
        resources: {cpus: 16, memory: 96G, gpus: 1, walltime: 8h}
        environment: {modules: [cuda/11.8.0], setup: source .venv/bin/activate}
        stages:
          vgae:
            command: python train.py vgae --data {dataset} --seed {seed} --epochs {epochs} --out {run.dir}
            outputs: [model.pt]
          curriculum:
            needs: [vgae]
            command: python train.py gat --data {dataset} --seed {seed} --teacher {vgae.dir}/model.pt
            resources: {walltime: 12h, memory: 128G}
            outputs: [model.pt, metrics.json]
          fusion:
            needs: [vgae, curriculum]
            command: python fuse.py {curriculum.dir} --lr {lr}
        pipelines:
          teacher: [vgae, curriculum, fusion]
          curriculum_only: [vgae, curriculum]
        retry: {out_of_memory: {memory: x2, times: 3}, timed_out: {walltime: x1.5, times: 2}, node_failed: {times: 3}, gpu_out_of_memory: {times: 0}}
        metrics: {from: stdout, pattern: 'epoch (?<step>\d+) .* loss (?<loss>\S+)'}
        checks: {loss: {min: 0, max: 10, finite: true, varies: true, below: 2.2, by: 3, on_fail: flag}}
        """;

    private readonly ExperimentFiles files = new();

    public ExperimentReaderTests() =>
        files.Write("templates/base.yaml", "tags: [gat, can-bus]\nresources: {account: lab}\n");

    public void Dispose() => files.Dispose();

    [Fact]
    public void The_example_of_the_design_is_read_whole()
    {
        var experiment = files.Good(KdGat);

        Assert.Equal("kd-gat", experiment.Name);
        Assert.Equal(["gat", "can-bus"], experiment.Tags);
        Assert.Equal("epochs=400,lr=0.003", experiment.Parameters.ToString());
        Assert.Equal(["vgae", "curriculum", "fusion"], experiment.Stages.Select(stage => stage.Name));
        Assert.Equal(["teacher", "curriculum_only"], experiment.Pipelines.Select(pipeline => pipeline.Name));
        Assert.True(SweepExpansion.Expand(experiment.Sweep, experiment.Parameters).TryGet(out var expansion));
        Assert.Equal(14, expansion.Points.Count);
    }

    [Fact]
    public void A_stage_keeps_what_it_does_not_say_itself_from_the_experiment()
    {
        var curriculum = files.Good(KdGat).Stage("curriculum")!;

        Assert.Equal("128G", curriculum.Resources.Memory.ToString());
        Assert.Equal("12:00:00", curriculum.Resources.Walltime.ToString());
        Assert.Equal(16, curriculum.Resources.Cpus);
        Assert.Equal("lab", curriculum.Resources.Account);
        Assert.Equal(["source .venv/bin/activate"], curriculum.Environment.Setup);
        Assert.Equal(new RetryRule(2, WalltimeFactor: 1.5), curriculum.Retry.TimedOut);
        Assert.Equal(new RetryRule(0), curriculum.Retry.For("gpu_out_of_memory"));
        Assert.Equal(new RetryRule(3), curriculum.Retry.For("never_started"));
        Assert.Null(curriculum.Retry.For("missing_code"));
        Assert.IsType<MetricFormat.Output>(Assert.Single(curriculum.Metrics).Format);
        Assert.Equal(2.2, Assert.Single(curriculum.Checks).Below);
    }

    [Fact]
    public void A_stage_uses_the_parameters_that_its_command_names()
    {
        var experiment = files.Good(KdGat);

        Assert.Equal(["epochs", "dataset", "seed"], experiment.Stage("vgae")!.Uses);
        Assert.Equal(["dataset", "seed"], experiment.Stage("curriculum")!.Uses);
        Assert.Equal(["lr"], experiment.Stage("fusion")!.Uses);
    }

    [Fact]
    public void What_was_resolved_reads_back_as_the_same()
    {
        var experiment = files.Good(KdGat);

        var read = ExperimentReader.ReadResolved(experiment.Resolved, "manifest");

        Assert.True(read.TryGet(out var again));
        Assert.Equal(experiment.Resolved, again.Resolved);
        Assert.Equal(experiment.Parameters, again.Parameters);
        Assert.Equal(experiment.Stages.Select(stage => stage.Command), again.Stages.Select(stage => stage.Command));
        Assert.Equal(experiment.Stages.Select(stage => stage.Resources), again.Stages.Select(stage => stage.Resources));
    }

    [Fact]
    public void An_experiment_without_stages_has_one()
    {
        var experiment = files.Good("experiment: one\ncommand: echo {flags}\nparameters: {lr: 1e-3}\nsnapshot: off\n");

        var stage = Assert.Single(experiment.Stages);
        Assert.Equal(Experiment.SingleStage, stage.Name);
        Assert.Equal(["lr"], stage.Uses);
        Assert.False(experiment.Snapshot);
    }

    [Fact]
    public void A_gathering_stage_has_no_parameters_but_those_it_gathers_by()
    {
        var experiment = files.Good(
            """
            experiment: gather
            parameters: {epochs: 3}
            sweep: {grid: {data: [a, b], seed: 0..4}}
            stages:
              train: {command: 'train {flags}'}
              mean: {needs: train, per: [data], command: 'mean {flags} {train.dir}'}
            """
        );

        Assert.Equal(["data"], experiment.Stage("mean")!.Per);
        Assert.Equal(["epochs", "data"], experiment.Stage("mean")!.Uses);
    }
}
