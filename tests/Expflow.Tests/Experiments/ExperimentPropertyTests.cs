using CsCheck;
using Expflow.Experiments;
using Expflow.Sweeps;
using Xunit;

namespace Expflow.Tests.Experiments;

public sealed class ExperimentPropertyTests : IDisposable
{
    private const string Whole = """
        experiment: e
        tags: [a, b]
        parameters: {epochs: 4, lr: 0.003, layers: [1, 2]}
        sweep:
          grid: {dataset: [x, y], seed: 0..4}
          zip: {p: [1, 2], q: [3, 4]}
          list: [{r: 1}, {r: 2}]
          random: {count: 3, seed: 1, parameters: {s: {uniform: [0, 1]}, t: 2..8, u: [1, 2]}}
          include: [{dataset: z, seed: 1, p: 1, q: 1, r: 1, s: 1, t: 1, u: 1}]
          exclude: [{dataset: x, seed: 4}]
        resources: {cpus: 16, memory: 96G, gpus: 1, walltime: 8h}
        environment: {modules: [m], setup: x, variables: {A: '{lr}'}}
        stages:
          v: {command: 'v {flags} {run.dir}', outputs: [m.pt]}
          w: {needs: [v], per: [dataset], command: 'w {v.dir}', resources: {walltime: 12h}}
        pipelines: {one: [v], two: [v, w]}
        retry: {out_of_memory: {memory: x2, times: 3}}
        metrics: [{from: stdout, pattern: '(?<loss>.)'}, {from: csv, file: m.csv, required: loss}]
        checks: {loss: {min: 0, below: 2.2, by: 3}}
        keep: files
        """;

    private static readonly string[] Snippets =
    [
        "[]",
        "{}",
        "~",
        "x",
        "1",
        "-1",
        "''",
        "0..3",
        "[[1]]",
        "{a: 1}",
        "[{a: 1}]",
        "'{zz}'",
        "'{'",
        "1e99",
        "true",
        "'../x'",
        ",",
        "\n",
    ];

    private readonly ExperimentFiles files = new();

    public void Dispose() => files.Dispose();

    [Fact]
    public void No_damage_to_a_file_makes_the_reader_throw()
    {
        Assert.Empty(ExperimentReader.ReadResolved(Whole, "f").Problems);
        var words = Whole.Split(' ');
        Gen.Select(Gen.Int[0, words.Length - 1], Gen.Int[0, Snippets.Length - 1])
            .Array[1, 3]
            .Sample(
                damages =>
                {
                    var damaged = (string[])words.Clone();
                    foreach (var (at, snippet) in damages)
                        damaged[at] = Snippets[snippet] + (damaged[at].EndsWith(',') ? "," : "");
                    if (ExperimentReader.ReadResolved(string.Join(' ', damaged), "f").TryGet(out var experiment))
                        SweepExpansion.Expand(experiment.Sweep, experiment.Parameters);
                },
                iter: 3_000
            );
    }

    [Fact]
    public void No_override_makes_the_reader_throw()
    {
        string[] names = ["lr", "seed", "p", "r", "s", "u", "v.memory", "w.cpus", "walltime", "zz", ""];
        Gen.Select(Gen.Int[0, names.Length - 1], Gen.Int[0, Snippets.Length - 1], Gen.Int[0, 2])
            .Array[1, 4]
            .Sample(
                given =>
                {
                    string[] Of(int option) =>
                        [
                            .. given
                                .Where(each => each.Item3 == option)
                                .Select(each => $"{names[each.Item1]}={Snippets[each.Item2]}"),
                        ];
                    var overrides = new Overrides
                    {
                        Set = Of(0),
                        Resources = Of(1),
                        Stage = Of(2),
                    };
                    if (files.Read(Whole, overrides).TryGet(out var experiment))
                        SweepExpansion.Expand(experiment.Sweep, experiment.Parameters);
                },
                iter: 500,
                threads: 1
            );
    }

    [Fact]
    public void The_order_of_keys_and_the_spelling_of_numbers_do_not_count()
    {
        var one = files.Good("experiment: e\nparameters: {lr: 1e-3, n: 10}\ncommand: run {flags}\n");
        var other = files.Good("command:   run {flags}\nparameters:\n  n: 1.0e1\n  lr:   0.0010\nexperiment: 'e'\n");

        Assert.Equal(one.Parameters, other.Parameters);
        Assert.Equal(one.Parameters.CanonicalBytes(), other.Parameters.CanonicalBytes());
        Assert.Equal(one.Stages[0].Command, other.Stages[0].Command);
    }
}
