using System.Globalization;
using System.Text.Json;
using Expflow.Projects;

namespace Expflow.Trials;

/// <summary>
/// The folder of one trial, <c>.expflow/trials/EXPERIMENT-TIME/</c>. It is laid out as a project of its own, so that nothing of it is ever taken for a run
/// of the experiment.
/// </summary>
/// <param name="Owner">The project that is tried out.</param>
/// <param name="Name">The trial's name.</param>
public sealed record TrialFolder(ProjectFolder Owner, string Name)
{
    private const string Ending = ".measures";

    /// <summary>The folder as a project: its journal, its runs, its files of tasks.</summary>
    public ProjectFolder Project => new(Path.Combine(AllOf(Owner), Name));

    private string Record => Path.Combine(Project.Root, "trial.json");

    private string Jobs => Path.Combine(Project.Root, "jobs");

    /// <summary>A folder for a trial that begins now. Nothing is written.</summary>
    public static TrialFolder New(ProjectFolder owner, string experiment, DateTimeOffset now) =>
        new(owner, string.Create(CultureInfo.InvariantCulture, $"{experiment}-{now.UtcDateTime:yyyyMMdd-HHmmss}"));

    /// <summary>The newest trial of an experiment; null when there is none.</summary>
    public static TrialFolder? Newest(ProjectFolder owner, string experiment)
    {
        if (!Directory.Exists(AllOf(owner)))
            return null;
        // The time has a fixed width: a name that only begins like this one is another experiment's.
        var names = Directory
            .EnumerateDirectories(AllOf(owner), experiment + "-*")
            .Select(path => Path.GetFileName(path))
            .Where(name => name.Length == experiment.Length + "-yyyyMMdd-HHmmss".Length);
        return names.Max(StringComparer.Ordinal) is { } newest ? new(owner, newest) : null;
    }

    /// <summary>Makes the folder and writes down what is to be measured.</summary>
    /// <exception cref="IOException">The project can't be written.</exception>
    public void Write(TrialRecord record)
    {
        Project.Prepare();
        Directory.CreateDirectory(Jobs);
        File.WriteAllBytes(Record, TrialJson.Bytes(json => TrialJson.Write(json, record)));
    }

    /// <summary>Reads it back; null when there is no whole one.</summary>
    public TrialRecord? Read()
    {
        if (!File.Exists(Record))
            return null;
        using var document = JsonDocument.Parse(File.ReadAllBytes(Record));
        return TrialJson.ReadRecord(document.RootElement);
    }

    /// <summary>Notes which Slurm job measures a stage.</summary>
    public void NoteJob(string stage, string job) => File.WriteAllText(Path.Combine(Jobs, stage), job);

    /// <summary>The Slurm job that measures a stage; null when there is none.</summary>
    public string? JobOf(string stage)
    {
        var path = Path.Combine(Jobs, stage);
        return File.Exists(path) ? File.ReadAllText(path) : null;
    }

    /// <summary>What Slurm itself says of such a job.</summary>
    public string LogOf(string stage) => Path.Combine(Project.Root, $"{stage}.log");

    /// <summary>Adds what was measured. The agent of a stage is the only one that writes its file.</summary>
    public void Add(TrialMeasure measure)
    {
        using var file = new FileStream(FileOf(measure.Stage), FileMode.Append, FileAccess.Write, FileShare.Read);
        file.Write(TrialJson.Bytes(json => TrialJson.Write(json, measure)));
        file.Write("\n"u8);
    }

    /// <summary>What has been measured of a stage; a line that isn't whole is left out.</summary>
    public IReadOnlyList<TrialMeasure> Measures(string stage)
    {
        if (!File.Exists(FileOf(stage)))
            return [];
        var text = File.ReadAllText(FileOf(stage));
        var measures = new List<TrialMeasure>();
        foreach (var line in text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            using var document = JsonDocument.Parse(line);
            measures.Add(TrialJson.ReadMeasure(document.RootElement));
        }
        return measures;
    }

    private static string AllOf(ProjectFolder owner) => Path.Combine(owner.State, "trials");

    private string FileOf(string stage) => Path.Combine(Project.Root, stage + Ending);
}
