namespace Expflow.Slurm;

/// <summary>Which jobs of the accounting.</summary>
public abstract record AccountingQuery
{
    private AccountingQuery() { }

    /// <summary>A requeued job once for each time that it ran (<c>-D</c>), instead of its last time alone.</summary>
    public bool Duplicates { get; init; }

    /// <summary>These jobs.</summary>
    /// <param name="Ids">Their ids; of arrays the array's own. None: no question at all.</param>
    public sealed record Jobs(params IReadOnlyList<SlurmJobId> Ids) : AccountingQuery
    {
        /// <summary>Only what was known of them since then: ids come again after years; null: ever.</summary>
        public DateTimeOffset? Since { get; init; }
    }

    /// <summary>The user's jobs of one name. A job that was held and cancelled before it could ever start is never listed so.</summary>
    public sealed record Named : AccountingQuery
    {
        /// <summary>The jobs of this name that were there at <paramref name="since"/> or later.</summary>
        /// <exception cref="ArgumentException">No name, or one with a comma, which to Slurm would be two names.</exception>
        public Named(string name, DateTimeOffset since)
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(name);
            if (name.Contains(',', StringComparison.Ordinal))
                throw new ArgumentException("Slurm can't be asked for a job name with a comma.", nameof(name));
            (Name, Since) = (name, since);
        }

        /// <summary>The jobs' name.</summary>
        public string Name { get; }

        /// <summary>The earliest time.</summary>
        public DateTimeOffset Since { get; }
    }
}
