using Expflow.Experiments;
using Expflow.Slurm;
using Xunit;

namespace Expflow.Tests.Experiments;

/// <summary>What the key <c>slurm</c> says, and what it leaves to rules.</summary>
public sealed class SlurmKeysTests : IDisposable
{
    private const string Stages = """
        experiment: e
        slurm: {throttle: 8, warn: 10m, exclude: [node1, 'node[3-5]']}
        resources: {walltime: 8h}
        stages:
          a: {command: a}
          b: {command: b, slurm: {throttle: 2, requeue: true}}
          c.d: {command: c, slurm: {exclude: [], gres: lscratch:200, directives: --exclusive}}
        """;

    private readonly ExperimentFiles files = new();

    public void Dispose() => files.Dispose();

    [Fact]
    public void A_stage_keeps_what_it_does_not_say_itself()
    {
        var experiment = files.Good(Stages);

        Assert.Equal("8 00:10:00 node1 node[3-5]", Shown(experiment, "a"));
        Assert.Equal("2 00:10:00 node1 node[3-5] requeue", Shown(experiment, "b"));
        Assert.Equal("8 00:10:00 lscratch:200 --exclusive", Shown(experiment, "c.d"));
    }

    [Fact]
    public void The_project_file_fills_in_what_the_experiment_leaves_open()
    {
        files.Write("expflow.yaml", "slurm: {throttle: 50, gres: [lscratch:10]}\n");
        Assert.True(ProjectDefaults.Read(files["expflow.yaml"]).TryGet(out var project));
        files.Project = project;

        Assert.Equal("8 00:10:00 node1 node[3-5] lscratch:10", Shown(files.Good(Stages), "a"));
        Assert.Equal("50 lscratch:10", Shown(files.Good("experiment: e\ncommand: x\n"), "main"));
    }

    [Fact]
    public void The_command_line_sets_a_key_of_one_stage()
    {
        var experiment = files.Good(Stages, new() { Stage = ["c.d.slurm.throttle=4", "a.slurm.warn=2m"] });

        Assert.Equal(4, experiment.Stage("c.d")!.Slurm.Throttle);
        Assert.Equal("8 00:02:00 node1 node[3-5]", Shown(experiment, "a"));
        Assert.Equal(
            ["--stage a.slurm.throtle=4: 'throtle' is not a key of 'slurm'. Did you mean 'throttle'?"],
            files.Problems(Stages, new() { Stage = ["a.slurm.throtle=4"] })
        );
    }

    [Fact]
    public void What_Slurm_is_told_survives_being_written_down()
    {
        var experiment = files.Good(Stages);

        Assert.True(ExperimentReader.ReadResolved(experiment.Resolved, "e.yaml").TryGet(out var again));
        Assert.All(experiment.Stages, stage => Assert.Equal(Shown(experiment, stage.Name), Shown(again, stage.Name)));
    }

    [Theory]
    [InlineData(null, "8h", 300)]
    [InlineData(null, "30m", 180)]
    [InlineData(null, "10m", 60)]
    [InlineData(null, "5m", 60)]
    [InlineData(null, "90s", 45)]
    [InlineData(null, "1s", 0)]
    [InlineData(null, null, 60)]
    [InlineData("20m", "8h", 1200)]
    [InlineData("20m", null, 1200)]
    [InlineData("20m", "10m", 60)]
    public void A_command_is_warned_in_time(string? warn, string? walltime, int seconds)
    {
        var slurm = SlurmSettings.Open with { Warn = Time(warn) };

        Assert.Equal(TimeSpan.FromSeconds(seconds), slurm.LeadBefore(Time(walltime)));
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("retry: {out_of_memory: {memory: x2}, failed: {times: 1}}", false)]
    [InlineData("retry: {node_failed: {times: 1}}", true)]
    [InlineData("retry: {preempted: {times: 1}}", true)]
    [InlineData("retry: {timed_out: {times: 1}}", true)]
    [InlineData("retry: {timed_out: {times: 1}}\nslurm: {requeue: false}", false)]
    [InlineData("slurm: {requeue: true}", true)]
    public void Slurm_may_start_a_run_again_where_such_endings_are_tried_again(string lines, bool may) =>
        Assert.Equal(may, files.Good($"experiment: e\ncommand: x\n{lines}\n").Stages[0].MayRequeue);

    [Fact]
    public void What_Slurm_is_told_is_no_part_of_a_runs_identity()
    {
        var plain = files.Good("experiment: e\ncommand: x\n");
        var told = files.Good("experiment: e\ncommand: x\nslurm: {throttle: 3, directives: [--exclusive]}\n");

        Assert.Equal(IdOf(plain), IdOf(told));
    }

    [Theory]
    [InlineData("--exclusive")]
    [InlineData("--mail-type=END,FAIL")]
    [InlineData("--mail-user me@example.org")]
    [InlineData("--licenses=matlab@db:2")]
    [InlineData("-L matlab")]
    [InlineData("-s")]
    [InlineData("--mem-bind=local")]
    [InlineData("--ntasks-per-node=4")]
    [InlineData("--reservation='my own'")]
    [InlineData("--time-min=1:00:00")]
    [InlineData("--begin=now+1hour")]
    public void A_directive_is_an_option_that_is_left_to_the_user(string directive)
    {
        var read = files.Good($"experiment: e\ncommand: x\nslurm: {{directives: [\"{directive}\"]}}\n");

        Assert.Equal([directive], read.Stages[0].Slurm.Directives);
    }

    [Theory]
    [InlineData("--time=1:00", "Use 'walltime' of 'resources'.")]
    [InlineData("-t 1:00", "Use 'walltime' of 'resources'.")]
    [InlineData("-c4", "Use 'cpus' of 'resources'.")]
    [InlineData("--mem 4G", "Use 'memory' of 'resources'.")]
    [InlineData("--mem-per-cpu=4G", "Use 'memory' of 'resources'.")]
    [InlineData("--gpus-per-node=1", "Use 'gpus' of 'resources'.")]
    [InlineData("--gres=gpu:1", "Use 'gpus' of 'resources' for GPUs, and 'gres' of 'slurm' for anything else.")]
    [InlineData("--part=short", "Use 'partition' of 'resources'.")]
    [InlineData("-A mine", "Use 'account' of 'resources'.")]
    [InlineData("-sH", "Expflow holds and releases its jobs itself. Remove it.")]
    [InlineData("--no-requeue", "Use 'requeue' of 'slurm'.")]
    [InlineData("--signal=B:TERM@60", "Use 'warn' of 'slurm'.")]
    [InlineData("--array=0-3", "Expflow makes the arrays; 'throttle' of 'slurm' says how many tasks run at once.")]
    [InlineData("-o /dev/null", "Expflow keeps what a run prints; 'expflow logs' shows it. Remove it.")]
    [InlineData("--job-name=x", "Expflow finds its jobs by it. Remove it.")]
    [InlineData("--dependency=afterok:1", "Use 'needs' of a stage.")]
    public void A_directive_that_another_key_sets_names_that_key(string directive, string advice) =>
        Assert.Equal(
            [$"e.yaml:3:22: '{directive}' is not for 'directives'. {advice}"],
            files.Problems($"experiment: e\ncommand: x\nslurm: {{directives: [\"{directive}\"]}}\n")
        );

    [Theory]
    [InlineData("exclusive", "'exclusive' is no option of sbatch. Write it as '--mail-type=END', as after '#SBATCH'.")]
    [InlineData("--", "'--' is no option of sbatch. Write it as '--mail-type=END', as after '#SBATCH'.")]
    [InlineData("--exclusive --spread-job", "'--exclusive --spread-job' holds two options. Give each one of its own.")]
    [InlineData("--reservation='my own", "'--reservation='my own' has an open quote. Close it.")]
    [InlineData("--exclusive\\n--hold", "'--exclusive⏎--hold' goes over a line's end. Give one option each.")]
    public void A_directive_is_one_option(string directive, string problem) =>
        Assert.Equal(
            [$"e.yaml:3:22: {problem}"],
            files.Problems($"experiment: e\ncommand: x\nslurm: {{directives: [\"{directive}\"]}}\n")
        );

    private static Walltime? Time(string? text) => Walltime.TryParse(text, out var time) ? time : null;

    private static string IdOf(Experiment experiment)
    {
        Assert.True(
            Expflow.Planning.RunPlanner.Plan(experiment, [Expflow.Parameters.ParameterSet.Empty]).TryGet(out var plan)
        );
        return plan.Runs[0].Id.ToString();
    }

    private static string Shown(Experiment experiment, string stage)
    {
        var slurm = experiment.Stage(stage)!.Slurm;
        return string.Join(
            ' ',
            (
                (string[])
                    [
                        $"{slurm.Throttle}",
                        $"{slurm.Warn}",
                        .. slurm.Exclude,
                        .. slurm.Gres,
                        .. slurm.Directives,
                        slurm.Requeue is true ? "requeue" : "",
                    ]
            ).Where(text => text.Length > 0)
        );
    }
}
