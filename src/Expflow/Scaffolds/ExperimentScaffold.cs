using System.Text;
using Expflow.Experiments;
using Expflow.Problems;

namespace Expflow.Scaffolds;

/// <summary>A new experiment file, with comments that say what can be changed. It is valid as it stands.</summary>
public sealed record ExperimentScaffold
{
    /// <summary>The templates by name, the one that most people want first.</summary>
    public static readonly IReadOnlyList<string> Templates = ["sweep", "stages", "minimal"];

    /// <summary>The experiment's name.</summary>
    public required string Name { get; init; }

    /// <summary>One of <see cref="Templates"/>.</summary>
    public required string Template { get; init; }

    /// <summary>What it is about; null leaves a line to fill in.</summary>
    public string? Description { get; init; }

    /// <summary>Words to find it by.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>The schema's path, relative to the file, for editors; null when there is none.</summary>
    public string? Schema { get; init; }

    /// <summary>The text of the file, or what is wrong with the name or the template.</summary>
    public Checked<string> Text()
    {
        if (!Names.IsName(Name))
            return new Problem(Names.WhyNot("an experiment", Name));
        return Template switch
        {
            "sweep" => Head() + Sweep,
            "stages" => Head() + Stages,
            "minimal" => Head() + Minimal,
            _ => new Problem(
                Suggestion.For(Template, Templates) is { } near
                    ? $"'{Template}' is no template. Did you mean '{near}'?"
                    : $"'{Template}' is no template. There is {string.Join(", ", Templates.Select(name => $"'{name}'"))}."
            ),
        };
    }

    private string Head()
    {
        var head = new StringBuilder();
        if (Schema is not null)
            head.Append($"# yaml-language-server: $schema={Schema}\n");
        head.Append($"experiment: {(IsPlain(Name) ? Name : Quoted(Name))}\n");
        head.Append(
            Description is null ? "# description: what it is about\n" : $"description: {Quoted(Description)}\n"
        );
        head.Append(
            Tags.Count == 0 ? "# tags: [words, to, find, it]\n" : $"tags: [{string.Join(", ", Tags.Select(Quoted))}]\n"
        );
        return head.ToString();
    }

    // A name such as 007 or 1e5 would be read as a number.
    private static bool IsPlain(string name) => char.IsAsciiLetter(name[0]) && !Words.Contains(name.ToLowerInvariant());

    private static readonly string[] Words = ["true", "false", "null", "yes", "no", "on", "off"];

    // YAML's double quotes: everything but these stands for itself.
    private static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var c in text)
            quoted.Append(
                c switch
                {
                    '"' => "\\\"",
                    '\\' => "\\\\",
                    '\n' => "\\n",
                    '\t' => "\\t",
                    _ when char.IsControl(c) || c is '\u2028' or '\u2029' => $"\\u{(int)c:x4}",
                    _ => c.ToString(),
                }
            );
        return quoted.Append('"').ToString();
    }

    private const string Minimal = """

        # What to run. A placeholder such as {run.dir} is filled in and quoted for the shell.
        command: echo "put your program here" > {run.dir}/result.txt
        # Files that a success leaves in the run's folder; without them the run has failed, whatever its exit code.
        outputs: [result.txt]

        """;

    private const string Sweep = """

        # Parameters with one value each; a sweep's values win.
        parameters: {epochs: 10}

        # One run for every combination: 3 learning rates x 5 seeds.
        sweep:
          grid:
            lr: [0.1, 0.01, 1e-3]
            seed: 0..4
          # exclude: [{lr: 0.1, seed: 4}]        # points to leave out
          # random: {count: 20, seed: 1, parameters: {dropout: {uniform: [0, 0.5]}}}

        # {flags} is every parameter: --epochs 10 --lr 0.1 --seed 0. One alone is {lr}. The command starts in your code.
        command: python train.py {flags} --out {run.dir}
        # Files that a success leaves in the run's folder; without them the run has failed, whatever its exit code.
        outputs: [model.pt]

        # What each run asks for.
        resources: {cpus: 1, memory: 2G, walltime: 1h}

        # Metrics are always read from the file that the variable EXPFLOW_METRICS names, as JSON lines: {"step": 1, "loss": 0.5}.
        # From a program's output instead: 'epoch 3 loss 0.21'
        # metrics: {from: stdout, pattern: 'epoch (?<step>\d+) loss (?<loss>\S+)'}
        # checks: {loss: {finite: true, below: 2.2, by: 3}}
        # retry: {timed_out: {walltime: x1.5, times: 2}, out_of_memory: {memory: x2, times: 2}}

        """;

    private const string Stages = """

        # Parameters with one value each; a sweep's values win.
        parameters: {epochs: 10}

        sweep:
          grid:
            dataset: [a, b]
            alpha: [0.1, 0.5, 0.9]
            seed: 0..2

        # What each run asks for; a stage may ask for other things.
        resources: {cpus: 1, memory: 2G, walltime: 1h}

        # A stage has one run for each distinct assignment of the parameters that it, or what it needs, uses.
        stages:
          # Uses no alpha: trained once for all of them.
          teacher:
            command: python train.py teacher --dataset {dataset} --seed {seed} --epochs {epochs} --out {run.dir}
            outputs: [model.pt]
          # {teacher.dir} is the folder of the teacher's run with the same dataset and seed.
          student:
            needs: [teacher]
            command: python train.py student --teacher {teacher.dir}/model.pt --alpha {alpha} --out {run.dir}
            outputs: [model.pt]
            resources: {walltime: 2h}
          # Gathers: one run per dataset, which needs all students of that dataset.
          summary:
            needs: [student]
            per: [dataset]
            command: python summary.py --dataset {dataset} --students {student.dir} --out {run.dir}
            outputs: [summary.csv]

        # Named selections of stages: expflow run --pipeline teachers
        pipelines:
          teachers: [teacher]

        """;
}
