using System.CommandLine;

namespace VectorQuantization.Commands;

/// <summary>Options that several commands have, so that they are called and explained alike.</summary>
internal static class SharedOptions
{
    private const long UsualTrainingRows = 65_536;

    /// <summary><c>--json</c></summary>
    public static Option<bool> Json() => new("--json") { Description = "One JSON document on standard output." };

    /// <summary><c>--train-rows</c></summary>
    public static Option<long> TrainRows() =>
        new("--train-rows")
        {
            Description = "Learn from at most so many rows, drawn by the seed.",
            DefaultValueFactory = _ => UsualTrainingRows,
        };

    /// <summary><c>--threads</c></summary>
    public static Option<int?> Threads() =>
        new("--threads") { Description = "Threads; what Slurm or the machine allots to this process by default." };

    /// <summary><c>--db-path</c></summary>
    public static Option<string?> Database() =>
        new("--db-path")
        {
            Description =
                "The database of results; $DB_PATH, the run's folder under Expflow, or 'results/vq.db' by default.",
        };

    /// <summary><c>--sweep</c></summary>
    public static Option<string?> Sweep() => new("--sweep") { Description = "Only results of this sweep." };

    /// <summary><c>--data</c></summary>
    public static Option<string?> Data() =>
        new("--data") { Description = "Only results on the data set of this name." };
}
