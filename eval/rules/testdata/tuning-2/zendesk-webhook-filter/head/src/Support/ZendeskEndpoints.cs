using System.Text.Json;

namespace Acme.Support;

public static class ZendeskEndpoints
{
    private sealed record TicketSolved(long TicketId, DateTimeOffset SolvedAt);

    public static void MapZendesk(this IEndpointRouteBuilder app) =>
        app.MapPost("/hooks/zendesk/solved", Solved).AddEndpointFilter<ZendeskSignatureFilter>();

    private static async Task<IResult> Solved(HttpContext http, TicketStore tickets, CancellationToken ct)
    {
        var body = (byte[])http.Items[ZendeskSignatureFilter.BodyKey]!;
        TicketSolved? message;
        try
        {
            message = JsonSerializer.Deserialize<TicketSolved>(body, JsonSerializerOptions.Web);
        }
        catch (JsonException)
        {
            return Results.BadRequest();
        }
        if (message is not { TicketId: > 0 })
        {
            return Results.UnprocessableEntity();
        }

        // sets solved_at where it is null or older, so repeated and late messages change nothing
        await tickets.MarkSolvedAsync(message.TicketId, message.SolvedAt, ct);
        return Results.NoContent();
    }
}
