using System.Globalization;
using Expflow.Arrays;
using Expflow.Projects;
using Expflow.Runs;

namespace Expflow.Bench;

/// <summary>An array file as a submission leaves it, and the variables by which Slurm tells a task which one it is.</summary>
internal static class OneArray
{
    private const string Resolved =
        """{"experiment":"one","snapshot":"off","sweep":{"grid":{"n":"1..10000"}},"uses":["n"],"command":"sh -c true"}""";

    /// <summary>Writes the file; its path.</summary>
    public static string Write(string root, int tasks)
    {
        var project = new ProjectFolder(root);
        project.Prepare();
        var array = ArrayId.New(TimeProvider.System, Random.Shared);
        var header = new ArrayHeader
        {
            Array = array,
            Submission = SubmissionId.New(TimeProvider.System, Random.Shared),
            Experiment = "one",
            Stage = "main",
            At = TimeProvider.System.GetUtcNow(),
            Code = root,
            Script = "#!/bin/bash\n",
            Resolved = Resolved,
        };
        ArrayFile.Write(project.Arrays, header, Enumerable.Range(0, tasks).Select(TaskOf));
        return ArrayFile.PathOf(project.Arrays, array);
    }

    /// <summary>Makes whatever is started from now on believe that it is this task.</summary>
    public static void Pretend(int index)
    {
        Environment.SetEnvironmentVariable("SLURM_JOB_ID", "1000");
        Environment.SetEnvironmentVariable("SLURM_ARRAY_JOB_ID", "1000");
        Environment.SetEnvironmentVariable("SLURM_ARRAY_TASK_ID", index.ToString(CultureInfo.InvariantCulture));
    }

    private static ArrayTask TaskOf(int index) =>
        new(
            index,
            new(RunId.FromBits((ulong)index), "main", $$"""{"n":{{index}}}""", $"one/main/n={index}", []),
            Turn: 0,
            new Dictionary<string, IReadOnlyList<string>>()
        );
}
