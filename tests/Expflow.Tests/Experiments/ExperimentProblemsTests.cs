using Xunit;

namespace Expflow.Tests.Experiments;

public sealed class ExperimentProblemsTests : IDisposable
{
    private readonly ExperimentFiles files = new();

    public void Dispose() => files.Dispose();

    [Theory]
    [InlineData("", "e.yaml: 'e.yaml' is empty. Write an experiment, or make one with 'expflow new'.")]
    [InlineData("# nothing\n", "e.yaml: 'e.yaml' is empty. Write an experiment, or make one with 'expflow new'.")]
    [InlineData("- a\n", "e.yaml:1:1: 'e.yaml' takes a map such as 'experiment: name'; this is a list.")]
    [InlineData(
        "experiment: e\n---\na: 1\n",
        "e.yaml:2:1: A second document starts here; a file holds one. Split it into two files."
    )]
    [InlineData("a: *b\n", "e.yaml:1:4: '*b' refers to an anchor that is not defined above.")]
    [InlineData(
        "experiment: e\nsweep:\n\tgrid: {a: 1}\ncommand: x\n",
        "e.yaml:3:1: A tab indents this line, which YAML does not take. Indent with blanks."
    )]
    [InlineData(
        "experiment: e\ncommand: x\ncommand: y\n",
        "e.yaml:3:1: 'command' stands twice, first at line 2. Keep one."
    )]
    public void A_file_that_is_no_experiment_is_told_once(string text, string problem)
    {
        Assert.Equal(problem, files.Problems(text)[0].Replace(files[""], "", StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_not_YAML_is_told_in_the_parsers_words_with_its_place()
    {
        var problem = Assert.Single(files.Problems("experiment: e\ncommand: [a\nstages: {\n"));

        Assert.StartsWith("e.yaml:3:1: This is not YAML: ", problem, StringComparison.Ordinal);
    }

    // Each row is put below 'experiment: e' and a command that uses everything.
    [Theory]
    [InlineData("walltme: 8h", "4:1: 'walltme' is not a key of 'experiment'. Its keys are ")]
    [InlineData("resorces: {}", "4:1: 'resorces' is not a key of 'experiment'. Did you mean 'resources'?")]
    [InlineData("resources: {cpus: many}", "4:19: 'cpus' takes a whole number from 1 to 100000; this is 'many'.")]
    [InlineData("resources: {cpus: 0}", "4:19: 'cpus' takes a whole number from 1 to 100000; this is '0'.")]
    [InlineData(
        "resources: {memory: 96Q}",
        "4:21: 'memory' takes an amount such as 96G, 98304M or 1.5T; this is '96Q'."
    )]
    [InlineData(
        "resources: {walltime: 8x}",
        "4:23: 'walltime' takes a time such as 8h, 90m, 08:00:00 or 2-00:00:00; this is '8x'."
    )]
    [InlineData(
        "resources: {gpus: two:x}",
        "4:19: 'gpus' takes a count such as 2, rtx8000:2 or gpu:rtx8000:2; this is 'two:x'."
    )]
    [InlineData("resources: 8", "4:12: 'resources' takes a map; this is a number.")]
    [InlineData("slurm: 8", "4:8: 'slurm' takes a map; this is a number.")]
    [InlineData("slurm: {throtle: 8}", "4:9: 'throtle' is not a key of 'slurm'. Did you mean 'throttle'?")]
    [InlineData("slurm: {throttle: 0}", "4:19: 'throttle' takes a whole number from 1 to 1000000; this is '0'.")]
    [InlineData("slurm: {warn: soon}", "4:15: 'warn' takes a time such as 5m, 90s or 00:05:00; this is 'soon'.")]
    [InlineData("slurm: {requeue: maybe}", "4:18: 'requeue' takes true or false; this is 'maybe'.")]
    [InlineData(
        "slurm: {warn: 1h}\nresources: {walltime: 60m}",
        "4:15: 'warn' is 01:00:00, but the whole walltime is 01:00:00. Warn later, or ask for more 'walltime'."
    )]
    [InlineData("slurm: {exclude: [node1, -x]}", "4:26: 'exclude' takes names of nodes such as node7 or node[1-3]")]
    [InlineData("slurm: {gres: 'gpu:2'}", "4:15: 'gpu:2' is asked for by 'gpus' of 'resources'. Use that key.")]
    [InlineData(
        "environment: {mps: true}",
        "4:20: 'mps' shares GPUs, but 'main' asks for none. Add 'gpus' to its 'resources', or write 'mps: false' for it."
    )]
    [InlineData("environment: {container: {binds: /data}}", "4:26: 'container' has no 'image'. ")]
    [InlineData(
        "environment: {container: {image: a.sif, bind: /data}}",
        "4:41: 'bind' is not a key of 'container'. Did you mean 'binds'?"
    )]
    [InlineData(
        "environment: {container: {image: a.sif, program: docker}}",
        "4:50: 'program' takes apptainer or singularity; this is 'docker'."
    )]
    [InlineData("environment: {container: --nv}", "4:26: 'container' takes an image; this is '--nv'.")]
    [InlineData(
        "environment: {container: {image: a.sif, binds: --nv}}",
        "4:48: '--nv' is an option. Move it to 'options'."
    )]
    [InlineData("environment: {container: {image: a.sif, options: /tmp}}", "4:50: '/tmp' is no option. ")]
    [InlineData("environment: {container: [a.sif]}", "4:26: 'container' takes a text; this is a list.")]
    [InlineData("parameters: {lr: }", "4:18: 'lr' has no value. Give it one, or write \"\" for an empty text.")]
    [InlineData(
        "parameters: {seed: 0..4}",
        "4:20: 'seed' is the range 0..4. Put it into 'sweep: grid', or in quotes if the text is meant."
    )]
    [InlineData(
        "parameters: {model: {lr: 1}}",
        "4:21: 'model' takes a value or a list; this is a map. Write its parts as parameters of their own: 'model.lr'."
    )]
    [InlineData("parameters: {a b: 1}", "4:14: 'a b' is no name for a parameter. ")]
    [InlineData("parameters: {flags: 1}", "4:14: 'flags' means something else in commands. Choose another name.")]
    [InlineData("sweep: {grid: {lr: []}}", "4:20: 'lr' has no values. Give it at least one, or remove it.")]
    [InlineData("sweep: {grid: {lr: 0.1..0.5}}", "4:20: '0.1..0.5' has no step. ")]
    [InlineData(
        "sweep: {zip: {a: [1, 2], b: [1]}}",
        "4:14: 'zip' takes lists of one length: 'a' has 2, 'b' has 1. Make them equal, or move one to 'grid'."
    )]
    [InlineData(
        "sweep: {grid: {a: 1}, zip: {a: [1]}}",
        "4:29: 'a' is swept by 'grid' already. Remove it from one of the two."
    )]
    [InlineData(
        "sweep: {list: [{a: 1}, {b: 1}]}",
        "4:24: 'list' takes points of the same parameters: this one has b, the first a. Complete it."
    )]
    [InlineData(
        "sweep: {grid: {a: [1]}, include: [{b: 1}]}",
        "4:35: 'include' leaves 'a' without a value. Add it here, or a default to 'parameters'."
    )]
    [InlineData(
        "sweep: {grid: {alpha: [1]}, exclude: [{alhpa: 1}]}",
        "4:40: 'alhpa' is no parameter. Did you mean 'alpha'?"
    )]
    [InlineData(
        "sweep: {random: {parameters: {a: {uniform: [1, 0]}}}}",
        "4:17: 'random' has no 'count'. Say how many points are drawn."
    )]
    [InlineData(
        "sweep: {random: {count: 3, parameters: {a: {log_uniform: [0, 1]}}}}",
        "4:58: 'log_uniform' begins at 0, but only numbers above 0 have a logarithm. Use 'uniform', or begin higher."
    )]
    [InlineData(
        "retry: {timed_out: {walltime: x0.5}}",
        "4:31: 'walltime' takes a factor from x1 to x16, such as x1.5; this is 'x0.5'."
    )]
    [InlineData(
        "metrics: {from: stout, pattern: a}",
        "4:17: 'from' takes stdout or csv or json or jsonl; this is 'stout'. Did you mean 'stdout'?"
    )]
    [InlineData("metrics: {from: stdout, pattern: '(?<step>.)'}", "4:34: '(?<step>.)' names no metric. ")]
    [InlineData(
        "metrics: {from: csv, file: ../m.csv}",
        "4:28: '../m.csv' leaves the run's folder. Name a path inside it."
    )]
    [InlineData(
        "checks: {loss: {min: 3, max: 1}}",
        "4:22: 'min' 3 is above 'max' 1. No value can hold both; exchange them."
    )]
    [InlineData(
        "checks: {loss: {finite: true, by: 3}}",
        "4:35: 'by' goes with 'below' or 'above'. Add one, or remove it."
    )]
    [InlineData(
        "checks: {loss: {}}",
        "4:10: 'loss' has nothing to hold. Add min, max, finite, varies, below or above."
    )]
    [InlineData("outputs: [/tmp/x, ../y]", "4:11: '/tmp/x' is absolute. Name it relative to the run's folder.")]
    [InlineData(
        "environment: {variables: {EXPFLOW_X: 1}}",
        "4:27: 'EXPFLOW_X' belongs to Expflow. Choose another name."
    )]
    [InlineData(
        "keep: packed\noutputs: [a]",
        "4:7: 'keep: packed' leaves no run folders, but 'main' has 'outputs'. Remove one of the two."
    )]
    [InlineData("pipelines: {p: [mian]}", "4:17: 'mian' is no stage. Did you mean 'main'?")]
    [InlineData("snapshot: maybe", "4:11: 'snapshot' takes on or off; this is 'maybe'.")]
    public void A_wrong_value_is_told_with_its_place_and_what_is_right(string line, string problem)
    {
        var problems = files.Problems($"experiment: e\nuses: all\ncommand: run {{flags}}\n{line}\n");

        Assert.StartsWith($"e.yaml:{problem}", problems[0], StringComparison.Ordinal);
    }

    [Fact]
    public void All_problems_of_a_file_are_told_at_once_in_its_order()
    {
        var problems = files.Problems(
            """
            experiment: my exp
            sweep: {grid: {lr: [1], wd: [0, 1]}}
            stages:
              a:
                needs: [c]
                command: a {lr}
              b:
                needs: [a]
                per: [dataset]
                comand: b
              c: {needs: b, command: 'c {seed}'}
            pipelines: {p: [b]}
            """
        );

        Assert.Equal(
            [
                "e.yaml:1:13: 'my exp' is no name for an experiment. Use letters, digits, '_', '.' and '-', 64 at most, and begin with a letter or digit.",
                "e.yaml:5:12: 'a' needs itself: a → c → b → a. Remove one of these needs.",
                "e.yaml:8:5: 'b' has no 'command'. Say what to run.",
                "e.yaml:9:11: 'dataset' is no parameter. The parameters are lr, wd.",
                "e.yaml:10:5: 'comand' is not a key of 'stage'. Did you mean 'command'?",
                "e.yaml:11:29: '{seed}' is not defined. Add 'seed' to 'parameters' or to the sweep, or write '{{seed}}' for the braces themselves.",
            ],
            problems
        );
    }

    [Fact]
    public void A_stage_without_a_command_tells_its_other_problems_too()
    {
        Assert.Equal(
            [
                "e.yaml:1:1: 'main' has no 'command'. Say what to run.",
                "e.yaml:2:1: 'commnd' is not a key of 'experiment'. Did you mean 'command'?",
                "e.yaml:3:23: 'walltime' takes a time such as 8h, 90m, 08:00:00 or 2-00:00:00; this is '8x'.",
            ],
            files.Problems("experiment: e\ncommnd: x\nresources: {walltime: 8x}\n")
        );
    }

    [Fact]
    public void A_swept_parameter_that_no_command_uses_is_told()
    {
        Assert.Equal(
            [
                "e.yaml:3:25: 'wd' is swept, but no command uses it. Put '{wd}' or '{flags}' into a command, or list it under 'uses'.",
            ],
            files.Problems("experiment: e\ncommand: run {lr}\nsweep: {grid: {lr: [1], wd: [0, 1]}}\n")
        );
    }

    [Fact]
    public void A_placeholder_in_a_block_is_told_at_its_own_line_and_column()
    {
        Assert.Equal(
            [
                "e.yaml:4:7: '{lr}' is not defined. Add 'lr' to 'parameters' or to the sweep, or write '{{lr}}' for the braces themselves.",
            ],
            files.Problems("experiment: e\ncommand: |\n  first\n  run {lr}\n")
        );
    }

    [Fact]
    public void A_pipeline_that_leaves_out_what_it_needs_is_told()
    {
        Assert.Equal(
            ["e.yaml:5:16: 'p' leaves out 'a', which 'b' needs. Add it."],
            files.Problems(
                "experiment: e\nstages:\n  a: {command: a}\n  b: {command: b, needs: a}\npipelines: {p: [b]}\n"
            )
        );
    }
}
