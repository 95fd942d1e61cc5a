namespace Expflow.Runs;

/// <summary>What brings the runs of a submission to an end.</summary>
public enum Executor
{
    /// <summary>An agent on one machine.</summary>
    Local,

    /// <summary>Slurm, with an agent in each job.</summary>
    Slurm,

    /// <summary>The workers of a pool, that take runs from its queue.</summary>
    Pool,
}

/// <summary>The words that files, screens and JSON have for executors.</summary>
public static class ExecutorWords
{
    extension(Executor executor)
    {
        /// <summary><c>local</c>, <c>slurm</c> or <c>pool</c>.</summary>
        public string Word =>
            executor switch
            {
                Executor.Slurm => "slurm",
                Executor.Pool => "pool",
                _ => "local",
            };
    }

    /// <summary>Reads a word back; <see cref="Executor.Local"/> for none, and for any that this version doesn't know.</summary>
    public static Executor Of(string? word) =>
        word switch
        {
            "slurm" => Executor.Slurm,
            "pool" => Executor.Pool,
            _ => Executor.Local,
        };
}
