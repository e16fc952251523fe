namespace Acme.Support;

public static class ZendeskEndpoints
{
    private sealed record TicketSolved(long TicketId, DateTimeOffset SolvedAt);

    public static void MapZendesk(this IEndpointRouteBuilder app) =>
        app.MapPost("/hooks/zendesk/solved", Solved);

    private static async Task<IResult> Solved(TicketSolved message, TicketStore tickets, CancellationToken ct)
    {
        if (message is not { TicketId: > 0 })
        {
            return Results.UnprocessableEntity();
        }

        // sets solved_at where it is null or older, so repeated and late messages change nothing
        await tickets.MarkSolvedAsync(message.TicketId, message.SolvedAt, ct);
        return Results.NoContent();
    }
}
