using Expflow.Arrays;

namespace Expflow.Queues;

/// <summary>Runs of one stage that ask for the same, in one file: what an agent takes, or gives back, with one rename.</summary>
/// <param name="Name">The file's name.</param>
/// <param name="Header">What holds for all of them; its <see cref="ArrayHeader.Resolved"/> is the experiment.</param>
/// <param name="Tasks">The runs, in the order in which they are to start.</param>
public sealed record Batch(BatchName Name, ArrayHeader Header, IReadOnlyList<ArrayTask> Tasks)
{
    private const int Fewest = 400;

    /// <summary>How many runs a batch of a submission has: few enough files for 100,000 runs, and single runs where there are few.</summary>
    public static int SizeFor(int runs) => Math.Max(1, (runs + Fewest - 1) / Fewest);

    /// <summary>The same runs and what is said of them under a name of their own.</summary>
    public Batch Renamed(Random random, IReadOnlyList<ArrayTask> tasks) =>
        this with
        {
            Name = Name with { Id = (ulong)random.NextInt64(), Runs = tasks.Count },
            Tasks = tasks,
        };

    /// <summary>Writes it into a folder; it is there whole or not at all.</summary>
    /// <exception cref="IOException">The disk is full, or there is no such folder any more.</exception>
    internal void WriteTo(string folder) => ArrayFile.WriteTo(Path.Combine(folder, Name.ToString()), Header, Tasks);

    /// <summary>Reads it from a folder.</summary>
    /// <exception cref="IOException">It isn't there, or can't be read.</exception>
    internal static Batch ReadFrom(string folder, BatchName name) =>
        ArrayFile.ReadFrom(Path.Combine(folder, name.ToString())) is var (header, tasks)
            ? new(name, header, tasks)
            : throw new IOException($"'{Path.Combine(folder, name.ToString())}' is no batch.");
}
