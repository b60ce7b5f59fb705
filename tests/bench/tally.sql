.mode csv
.import survey.csv survey
SELECT "Organisation type", "Statement 1 is right", count(*) FROM survey GROUP BY 1, 2;
SELECT "Organisation type", "Statement 2 is right", count(*) FROM survey GROUP BY 1, 2;
SELECT "Organisation type", "Statement 3 is right", count(*) FROM survey GROUP BY 1, 2;
SELECT "Organisation type", "Statement 4 is right", count(*) FROM survey GROUP BY 1, 2;
SELECT "Organisation type", "Statement 5 is right", count(*) FROM survey GROUP BY 1, 2;
SELECT "Organisation type", "Statement 6 is right", count(*) FROM survey GROUP BY 1, 2;
SELECT "Organisation type", "Statement 7 is right", count(*) FROM survey GROUP BY 1, 2;
SELECT "Organisation type", "Statement 8 is right", count(*) FROM survey GROUP BY 1, 2;
SELECT "Organisation type", "Statement 9 is right", count(*) FROM survey GROUP BY 1, 2;
