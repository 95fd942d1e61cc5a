using Expflow.Parameters;

namespace Expflow.Advice;

/// <summary>What a sighting tells.</summary>
internal enum SightingKind
{
    /// <summary>What a run took that was done.</summary>
    Finished,

    /// <summary>What an attempt took that ended otherwise: a run needs as much at least, and the whole of it may need more.</summary>
    Partial,

    /// <summary>What an attempt had that ended for want of it, of a run that was never done with more.</summary>
    Outgrown,
}

/// <summary>One value of one resource, as one run tells it.</summary>
/// <param name="Parameters">The run's parameters.</param>
/// <param name="Value">Bytes, seconds or cores.</param>
/// <param name="Kind">What it tells.</param>
internal readonly record struct Sighting(ParameterSet Parameters, double Value, SightingKind Kind);
